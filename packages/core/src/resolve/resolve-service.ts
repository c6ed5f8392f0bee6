import type { ConfigProblem, Section } from "../configure/config.ts";
import type { Definition } from "./factory.ts";
import { isLiteral } from "./literal.ts";
import type { Provider } from "./resolved.ts";
import { secretPaths } from "./secret-paths.ts";
import { problemAt, type ServiceRequest } from "./service-request.ts";
import { sourceOf, type ServiceSource } from "./service-source.ts";
import { validateConfig } from "./validate-config.ts";
import { writtenAt, writtenConfig } from "./written-config.ts";

/** A service whose kind is still to be told apart. */
export interface ResolvedService {
  readonly provider: Provider;
  readonly section: Section;
  /** Validated. */
  readonly config: unknown;
  readonly definition: Definition;
  readonly embedded: boolean;
}

/** A service, or all that is wrong with its section. */
export type ServiceResult = { readonly warnings: readonly ConfigProblem[] } & (
  | { readonly service: ResolvedService }
  | { readonly service: undefined; readonly problems: readonly ConfigProblem[] }
);

/** Resolves one section: finds the type, imports its module, validates its settings. */
export async function resolveService(request: ServiceRequest): Promise<ServiceResult> {
  const source = await sourceOf(request);
  if (!("definition" in source)) return { service: undefined, problems: source, warnings: [] };
  const { provider, section, definition, settings, embedded, locked } = source;
  const schema = definition.definition.config;
  const result = await validateConfig(schema, settings, section.type);
  const warnings = [...source.warnings, ...secretLiterals(request, source)];
  if ("findings" in result || locked.length > 0) {
    const findings = "findings" in result ? result.findings : [];
    const others = findings.map(({ path, ...finding }) =>
      problemAt(request, ["config", ...path], finding),
    );
    const told = new Set(locked.map(keyOf));
    const problems = [...locked, ...others.filter((problem) => !told.has(keyOf(problem)))];
    return { service: undefined, problems, warnings };
  }
  const service = { provider, section, config: result.value, definition, embedded };
  return { service, warnings };
}

function keyOf({ path }: ConfigProblem): string {
  return JSON.stringify(path);
}

function secretLiterals(
  request: ServiceRequest,
  { section, definition }: ServiceSource,
): readonly ConfigProblem[] {
  if (section.instance !== undefined) return [];
  const written = writtenConfig(request.config, section);
  return secretPaths(definition.definition.config, written)
    .filter((path) => isLiteral(writtenAt(written, path)))
    .map((path) =>
      problemAt(request, ["config", ...path], {
        code: "CONFIG_SECRET_LITERAL",
        message: `"${path.join(".")}" is secret and stands in the file`,
        hint: "Write ${NAME} and set the environment variable RUNNABLE_VAR_NAME.",
      }),
    );
}
