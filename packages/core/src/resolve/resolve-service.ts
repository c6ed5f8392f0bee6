import type { JsonObject } from "@runnable/plugin";

import type { Config, ConfigProblem, Section, SectionName } from "../configure/config.ts";
import { valueAt } from "../discover/candidates.ts";
import type { Candidate } from "../discover/candidate.ts";
import type { Discovery } from "../discover/discovery.ts";
import type { Finding } from "../discover/finding.ts";
import { mergeJson } from "../discover/merge-json.ts";
import { definitionOf, type Definition } from "./factory.ts";
import { importDefinition } from "./import-definition.ts";
import { inCodeProvider, providerOf } from "./provider.ts";
import type { Provider } from "./resolved.ts";
import { validateConfig } from "./validate-config.ts";

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
export type ServiceResult =
  | { readonly service: ResolvedService; readonly warnings: readonly ConfigProblem[] }
  | { readonly problems: readonly ConfigProblem[] };

/** What {@link resolveService} works on. */
export interface ServiceRequest {
  readonly config: Config;
  readonly name: SectionName;
  readonly discovery: Discovery;
  /** An object that a factory made; it replaces what the section says. */
  readonly instance: unknown;
}

/** Resolves one section: finds the type, imports its module, validates its settings. */
export async function resolveService(request: ServiceRequest): Promise<ServiceResult> {
  const section = request.config.sections[request.name];
  const instance = request.instance ?? section.instance;
  if (instance !== undefined) return await fromInstance(request, section, instance);
  const found = request.discovery.find(request.name, section.type);
  if ("finding" in found) return problems(request, ["type"], [found.finding]);
  return await fromCandidate(request, section, found.candidate);
}

async function fromCandidate(request: ServiceRequest, section: Section, candidate: Candidate): Promise<ServiceResult> {
  const locked = candidate.locked.filter(({ key }) => valueAt(section.config, key) !== undefined);
  if (locked.length > 0) return { problems: locked.map((lock) => lockedProblem(request, lock)) };
  const definition = await importDefinition(candidate);
  if ("code" in definition) return problems(request, ["type"], [definition]);
  const settings = mergeJson(candidate.defaults, section.config);
  const result = await validateConfig(definition.definition.config, settings, section.type);
  if ("findings" in result) return { problems: result.findings.map((finding) => configProblem(request, finding)) };
  const service: ResolvedService = {
    provider: providerOf(candidate, section.type),
    section,
    config: result.value,
    definition,
    embedded: candidate.scope === "built-in" && candidate.packageName === "@runnable/core",
  };
  return { service, warnings: deprecation(request, candidate) };
}

async function fromInstance(request: ServiceRequest, section: Section, instance: unknown): Promise<ServiceResult> {
  const definition = definitionOf(instance);
  if (definition?.service !== request.name) {
    const message = `${request.name} holds something else than a ${request.name} made by a factory`;
    return problems(request, [], [{ code: "CONFIG_VALUE", message, hint: "Call the factory: myPlatform({ … })." }]);
  }
  const { config = {} } = instance as { readonly config?: JsonObject };
  const result = await validateConfig(definition.definition.config, config, `the ${request.name} made in code`);
  if ("findings" in result) return { problems: result.findings.map((finding) => configProblem(request, finding)) };
  const provider = inCodeProvider(request.config);
  const own: Section = request.instance === undefined ? section : { type: provider.type, config: {}, at: undefined, instance };
  return { service: { provider, section: own, config: result.value, definition, embedded: false }, warnings: [] };
}

function deprecation(request: ServiceRequest, { type, deprecated, packageName }: Candidate): readonly ConfigProblem[] {
  if (!deprecated) return [];
  const since = deprecated.since === undefined ? "" : ` since ${deprecated.since}`;
  const because = deprecated.because === undefined ? "" : `: ${deprecated.because}`;
  const finding = { code: "PLUGIN_DEPRECATED", message: `"${type}" of ${packageName} is deprecated${since}${because}` };
  const hint = deprecated.use === undefined ? {} : { hint: `Use "${deprecated.use}".` };
  return [atPath(request, ["type"], { ...finding, ...hint })];
}

function lockedProblem(request: ServiceRequest, { key, by }: Candidate["locked"][number]): ConfigProblem {
  return atPath(request, ["config", ...key.split(".")], {
    code: "CONFIG_LOCKED_KEY",
    message: `"${key}" is locked by ${by}`,
    hint: "Remove it here; the package sets it.",
  });
}

function configProblem(request: ServiceRequest, { path, ...finding }: Finding & { readonly path: readonly (string | number)[] }): ConfigProblem {
  return atPath(request, ["config", ...path], finding);
}

function problems(request: ServiceRequest, path: readonly string[], findings: readonly Finding[]): ServiceResult {
  return { problems: findings.map((finding) => atPath(request, path, finding)) };
}

function atPath({ config, name }: ServiceRequest, path: readonly (string | number)[], finding: Finding): ConfigProblem {
  const { at } = config.sections[name];
  const full = [...(at ?? [name]), ...path];
  const position = at && config.locate(full);
  return { ...finding, path: full, ...(position && { position }) };
}
