import type {
  Catalog,
  RunLog,
  Schema,
  Secrets,
  StaticPlugin,
  StoreDefinition,
} from "@runnable/plugin";

import type { Config, ConfigProblem } from "../configure/config.ts";
import { createDiscovery } from "../discover/discovery.ts";
import type { Contract } from "./adapt-definition.ts";
import { createRegistry } from "./registry.ts";
import { resolveService, type ResolvedService, type ServiceResult } from "./resolve-service.ts";
import type { Resolution, ResolvedExecutor, ResolvedStore } from "./resolved.ts";
import type { TypeSource } from "./service-request.ts";

/** What code puts in place of what packages and the configuration say. */
export interface Overrides {
  /** An executor that a factory made; it replaces the section `job-executor`. */
  readonly executor?: object;
  /** Where all types come from, beside core's own stores: no package.json is read. Default discovery. */
  readonly plugins?: readonly StaticPlugin[];
  /** Versions of the contract that core speaks with discovered plugins. Default {@link spokenContracts}. */
  readonly contracts?: readonly Contract[];
}

/**
 * Finds, imports and configures the four services of a configuration. All that is wrong, the configuration's own problems
 * included, comes back at once; nothing is thrown for it. Of the packages only the modules of the four are imported.
 */
export async function resolveServices(
  config: Config,
  overrides: Overrides = {},
): Promise<Resolution> {
  // Defaults stand in for a file that could not be read: what they say would mislead.
  if (config.problems.some(({ code }) => unreadable.has(code))) {
    return { services: undefined, problems: config.problems };
  }
  const request = { config, types: typesOf(config, overrides) };
  const [executor, runLog, catalog, secrets] = await Promise.all([
    resolveService({ ...request, name: "job-executor", instance: overrides.executor }),
    resolveService({ ...request, name: "run-log-store" }),
    resolveService({ ...request, name: "catalog" }),
    resolveService({ ...request, name: "secrets" }),
  ]);
  const results: readonly ServiceResult[] = [executor, runLog, catalog, secrets];
  const problems = [...config.problems, ...results.flatMap(problemsOf)];
  if (
    problems.length > 0 ||
    !executor.service ||
    !runLog.service ||
    !catalog.service ||
    !secrets.service
  ) {
    return { services: undefined, problems };
  }
  return {
    services: {
      executor: executorOf(executor.service),
      runLog: storeOf<RunLog>(runLog.service),
      catalog: storeOf<Catalog>(catalog.service),
      secrets: storeOf<Secrets>(secrets.service),
    },
    warnings: results.flatMap((result) => (result.service ? result.warnings : [])),
  };
}

/** One store of a configuration, or all that is wrong with it and with the configuration. */
export type StoreResolution<T> =
  | { readonly store: ResolvedStore<T> }
  | { readonly store: undefined; readonly problems: readonly ConfigProblem[] };

/** The run log store alone, for those who look back: the other services are not looked for. */
export async function resolveRunLog(config: Config): Promise<StoreResolution<RunLog>> {
  if (config.problems.length > 0) return { store: undefined, problems: config.problems };
  const result = await resolveService({ config, types: typesOf(config), name: "run-log-store" });
  if (!result.service) return { store: undefined, problems: result.problems };
  return { store: storeOf<RunLog>(result.service) };
}

function typesOf(config: Config, { plugins, contracts }: Overrides = {}): TypeSource {
  if (plugins) return { registry: createRegistry(plugins) };
  const where = { projectDirectory: config.projectDirectory, ...config.plugins };
  if (!contracts) return { discovery: createDiscovery(where) };
  const apis = contracts.map(({ api }) => api);
  return { discovery: createDiscovery({ ...where, apis }), contracts };
}

const unreadable: ReadonlySet<string> = new Set([
  "CONFIG_SYNTAX",
  "CONFIG_NOT_A_MAP",
  "CONFIG_FILE_NOT_FOUND",
  "CONFIG_IMPORT_FAILED",
  "CONFIG_IMPORT_NOT_FOUND",
  "CONFIG_IMPORT_CYCLE",
]);

function problemsOf(result: ServiceResult): readonly ConfigProblem[] {
  return result.service ? [] : result.problems;
}

function executorOf({ provider, section, config, definition }: ResolvedService): ResolvedExecutor {
  if (definition.service !== "job-executor") {
    throw new Error(`${definition.service} is no executor`);
  }
  const common = { provider, section, config };
  return definition.kind === "direct"
    ? { ...common, kind: "direct", definition: definition.definition }
    : { ...common, kind: "remote", definition: definition.definition };
}

function storeOf<T>({ definition, ...service }: ResolvedService): ResolvedStore<T> {
  // Its kind was checked against the section's, and a kind has one contract.
  return { ...service, definition: definition.definition as StoreDefinition<Schema, T> };
}
