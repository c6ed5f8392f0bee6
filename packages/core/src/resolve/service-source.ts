import type { JsonObject } from "@runnable/plugin";

import { inCodeType, type ConfigProblem, type Section } from "../configure/config.ts";
import type { Candidate } from "../discover/candidate.ts";
import { mergeJson, valueAt } from "../discover/json-object.ts";
import { kindWords } from "../discover/service-kind.ts";
import type { Contract } from "./adapt-definition.ts";
import { contractMismatch } from "./contract-mismatch.ts";
import { definitionOf, type Definition } from "./factory.ts";
import { importDefinition } from "./import-definition.ts";
import { inCodeProvider, programProvider, providerOf, staticProvider } from "./provider.ts";
import type { Registered } from "./registry.ts";
import type { Provider } from "./resolved.ts";
import { problemAt, type ServiceRequest } from "./service-request.ts";

/** Where a service comes from; its settings are not validated yet. */
export interface ServiceSource {
  readonly provider: Provider;
  readonly section: Section;
  readonly definition: Definition;
  /** A re-export's defaults included. */
  readonly settings: JsonObject;
  /** Part of core. */
  readonly embedded: boolean;
  /** Keys that are set and locked. */
  readonly locked: readonly ConfigProblem[];
  readonly warnings: readonly ConfigProblem[];
}

/** An object made in code, a type of a plugin handed over in code, or a package's module, which is imported; else what is wrong. */
export async function sourceOf(
  request: ServiceRequest,
): Promise<ServiceSource | readonly ConfigProblem[]> {
  const section = request.config.sections[request.name];
  const instance = request.instance ?? section.instance;
  if (instance !== undefined) return fromInstance(request, instance);
  const { types } = request;
  if ("registry" in types) {
    const registered = types.registry.find(request.name, section.type);
    if ("code" in registered) return [problemAt(request, ["type"], registered)];
    return await fromRegistered(request, section, registered);
  }
  const found = types.discovery.find(request.name, section.type);
  if ("finding" in found) return [problemAt(request, ["type"], found.finding)];
  return await fromCandidate(request, section, {
    candidate: found.candidate,
    contracts: types.contracts,
  });
}

async function fromCandidate(
  request: ServiceRequest,
  section: Section,
  { candidate, contracts }: { candidate: Candidate; contracts: readonly Contract[] | undefined },
): Promise<ServiceSource | readonly ConfigProblem[]> {
  const locked = lockedKeys(request, section, candidate);
  const definition = await importDefinition(candidate, contracts);
  if ("code" in definition) return [...locked, problemAt(request, ["type"], definition)];
  return {
    provider: providerOf(candidate, section.type, request.config.projectDirectory),
    section,
    definition,
    settings: mergeJson(candidate.defaults, section.config),
    embedded: candidate.scope === "built-in" && candidate.packageName === "@runnable/core",
    locked,
    warnings: [...deprecation(request, candidate), ...(await mismatch(request, candidate))],
  };
}

async function fromRegistered(
  request: ServiceRequest,
  section: Section,
  registered: Registered,
): Promise<ServiceSource | readonly ConfigProblem[]> {
  const definition = definitionOf(await registered.load());
  if (definition?.service !== request.name) return [notMade(request)];
  const { embedded } = registered;
  const provider = staticProvider(registered);
  const settings = section.config;
  return { provider, section, definition, settings, embedded, locked: [], warnings: [] };
}

function fromInstance(
  request: ServiceRequest,
  instance: unknown,
): ServiceSource | readonly ConfigProblem[] {
  const definition = definitionOf(instance);
  if (definition?.service !== request.name) return [notMade(request)];
  const { config } = instance as { readonly config?: JsonObject };
  const own = request.config.sections[request.name];
  const isProgram = "registry" in request.types;
  return {
    provider: isProgram ? programProvider() : inCodeProvider(request.config),
    section:
      own.instance === instance ? own : { type: inCodeType, config: {}, at: undefined, instance },
    definition,
    settings: config ?? {},
    embedded: false,
    locked: [],
    warnings: [],
  };
}

function lockedKeys(
  request: ServiceRequest,
  { config }: Section,
  { locked }: Candidate,
): readonly ConfigProblem[] {
  const set = locked.filter(({ key }) => valueAt(config, key) !== undefined);
  return set.map(({ key, by }) =>
    problemAt(request, ["config", ...key.split(".")], {
      code: "CONFIG_LOCKED_KEY",
      message: `"${key}" is locked by ${by}`,
      hint: "Remove it here; that package sets it.",
    }),
  );
}

function deprecation(
  request: ServiceRequest,
  { type, packageName, deprecated }: Candidate,
): readonly ConfigProblem[] {
  if (!deprecated) return [];
  const { since, because, use } = deprecated;
  const when = since === undefined ? "" : ` since ${since}`;
  const why = because === undefined ? "" : `: ${because}`;
  const message = `"${type}" of ${packageName} is deprecated${when}${why}`;
  const hint = use === undefined ? {} : { hint: `Use "${use}".` };
  return [problemAt(request, ["type"], { code: "PLUGIN_DEPRECATED", message, ...hint })];
}

async function mismatch(
  request: ServiceRequest,
  candidate: Candidate,
): Promise<readonly ConfigProblem[]> {
  const finding = await contractMismatch(candidate);
  return finding ? [problemAt(request, ["type"], finding)] : [];
}

function notMade(request: ServiceRequest): ConfigProblem {
  const word = kindWords[request.name];
  return problemAt(request, [], {
    code: "PLUGIN_NOT_A_FACTORY",
    message: `${request.name} was given in code and is no ${word}`,
    hint: `Give what the factory of a ${word} returns, for example myPlatform({ … }).`,
  });
}
