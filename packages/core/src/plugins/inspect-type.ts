import { RunnableError, type JsonObject } from "@runnable/plugin";

import type { Config, Section } from "../configure/config.ts";
import { exactName, fullNameOf, type Candidate } from "../discover/candidate.ts";
import type { Finding } from "../discover/finding.ts";
import { isFileType } from "../discover/is-file-type.ts";
import { mergeJson } from "../discover/json-object.ts";
import { packageOfKnownType } from "../discover/known-types.ts";
import type { Deprecation } from "../discover/manifest.ts";
import { kindCodes, serviceKinds, type ServiceKind } from "../discover/service-kind.ts";
import { documentedConfig } from "../resolve/config-schema.ts";
import { contractMismatch } from "../resolve/contract-mismatch.ts";
import type { Definition } from "../resolve/factory.ts";
import { importDefinition } from "../resolve/import-definition.ts";
import { partsOf } from "../resolve/schema-parts.ts";
import { secretPaths } from "../resolve/secret-paths.ts";
import { validateConfig } from "../resolve/validate-config.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { configKeys, lockedKeys, type ConfigKey } from "./config-keys.ts";
import { openPlugins, type OpenedPlugins, type PluginsOptions } from "./open-plugins.ts";
import { sampleAnswers, type SampleAnswer } from "./sample-answers.ts";

export type { ConfigKey } from "./config-keys.ts";
export type { SampleAnswer } from "./sample-answers.ts";

/** All that a type says of itself, its module being imported. */
export interface Inspection {
  readonly kind: ServiceKind;
  readonly type: string;
  readonly aliases: readonly string[];
  /** What the code of an executor is. */
  readonly executor?: "direct" | "remote";
  readonly package: string;
  readonly version: string;
  /** A name that means it and no other. */
  readonly name: string;
  readonly entry: string;
  readonly via: readonly string[];
  readonly summary?: string;
  readonly deprecated?: Deprecation;
  readonly importMilliseconds: number;
  readonly config: {
    /** Whether the plugin says what its settings are; else it alone validates them. */
    readonly documented: boolean;
    readonly keys: readonly ConfigKey[];
  };
  readonly sample: {
    /** Section whose settings the answers are for, `job-executor`; absent where defaults hold. */
    readonly section?: string;
    /** What the settings lack; the answers are then absent. */
    readonly lacks: readonly string[];
  };
  /** Of a remote executor: to one need of each kind. Of a store: what it needs itself. */
  readonly answers: readonly SampleAnswer[];
  /** Methods that not every plugin has. */
  readonly capabilities: readonly string[];
  /** Keys of the settings that belong to policies around the executor. */
  readonly policies: readonly string[];
  readonly jobSide?: { readonly entry: string; readonly config: readonly string[] };
  readonly warnings: readonly string[];
}

/**
 * Imports the module of a type, and no other, and tells what it says of itself: of each kind that has such a type, or of one.
 * @throws RunnableError EXECUTOR_NOT_FOUND and its like, PLUGIN_… when the type can't be found or imported; CONFIG_INVALID when
 *   `configFile` is not there.
 */
export async function inspectType(
  type: string,
  options: PluginsOptions & { readonly kind?: ServiceKind },
): Promise<readonly Inspection[]> {
  const plugins = await openPlugins(options, type);
  const candidates = findCandidates(plugins, plugins.typed(type), options.kind);
  const isFile = isFileType(type) && options.kind === undefined;
  const subjects = candidates.map((candidate) => ({ candidate }));
  const chosen = isFile ? await ofItsKind(candidates) : subjects;
  return await inspectEach(chosen, plugins);
}

function findCandidates(
  { discover }: OpenedPlugins,
  type: string,
  kind: ServiceKind | undefined,
): readonly Candidate[] {
  const discovery = discover();
  const all = (kind ? [kind] : serviceKinds).map((each) => ({
    kind: each,
    found: discovery.find(each, type),
  }));
  const candidates = all.flatMap(({ found }) => ("candidate" in found ? [found.candidate] : []));
  if (candidates.length > 0) return candidates;
  const findings = all.flatMap((item) =>
    "finding" in item.found ? [{ kind: item.kind, finding: item.found.finding }] : [],
  );
  const telling =
    findings.find((item) => item.finding.code !== `${kindCodes[item.kind]}_NOT_FOUND`) ??
    findings.find((item) => packageOfKnownType(item.kind, type) !== undefined) ??
    findings[0];
  throw telling ? errorOf(telling.finding) : new Error("no kind was asked for");
}

/** One that can't be imported is an error alone, and else a warning beside the others. */
async function inspectEach(
  subjects: readonly Subject[],
  plugins: OpenedPlugins,
): Promise<readonly Inspection[]> {
  const settled = await Promise.allSettled(subjects.map((subject) => inspect(subject, plugins)));
  const done = settled.flatMap((item) => (item.status === "fulfilled" ? [item.value] : []));
  const failed = settled.flatMap((item) => (item.status === "rejected" ? [item.reason] : []));
  const [first, ...others] = done;
  if (!first) throw failed[0];
  const told = failed.map((error) => (error instanceof Error ? error.message : String(error)));
  return [{ ...first, warnings: [...first.warnings, ...told] }, ...others];
}

/** What is inspected. The time is that of an import that was made before: another one takes none. */
interface Subject {
  readonly candidate: Candidate;
  readonly milliseconds?: number;
}

/** A path does not say what kind its module is. */
async function ofItsKind(candidates: readonly Candidate[]): Promise<readonly Subject[]> {
  const started = performance.now();
  let milliseconds: number | undefined;
  for (const candidate of candidates) {
    const definition = await importDefinition(candidate);
    milliseconds ??= performance.now() - started;
    const isOfKind = !("code" in definition) || definition.code !== "PLUGIN_WRONG_KIND";
    if (isOfKind) return [{ candidate, milliseconds }];
  }
  return candidates.map((candidate) => ({ candidate }));
}

async function inspect(
  { candidate, milliseconds }: Subject,
  plugins: OpenedPlugins,
): Promise<Inspection> {
  const { config, discover } = plugins;
  const started = performance.now();
  const definition = await importDefinition(candidate);
  const importMilliseconds = milliseconds ?? performance.now() - started;
  if ("code" in definition) throw errorOf(definition);
  const { kind, type, aliases, packageName, version, entry, via } = candidate;
  const { summary, deprecated, jobSide } = candidate;
  const documented = await documentedKeys(candidate);
  const section = sectionOf(candidate, config, discover());
  const sample = await sampleOf(candidate, definition, section);
  const mismatch = await contractMismatch(candidate);
  const warnings = [mismatch, documented.finding].flatMap((item) => (item ? [item.message] : []));
  return {
    kind,
    type,
    aliases,
    ...("kind" in definition && { executor: definition.kind }),
    package: packageName,
    version,
    name: exactName(candidate, config.projectDirectory),
    entry,
    via,
    ...(summary !== undefined && { summary }),
    ...(deprecated && { deprecated }),
    importMilliseconds,
    config: { documented: documented.keys !== undefined, keys: documented.keys ?? [] },
    sample: { ...(section?.at && { section: section.at.join(".") }), lacks: sample.lacks },
    answers: sample.value ? sampleAnswers(definition, { ...sample.value, config }) : [],
    capabilities: capabilitiesOf(definition),
    policies: Object.keys(partsOf(definition.definition.config).composed?.keys ?? {}),
    ...(jobSide && { jobSide }),
    warnings,
  };
}

async function documentedKeys(
  candidate: Candidate,
): Promise<{ readonly keys: readonly ConfigKey[] | undefined; readonly finding?: Finding }> {
  const { schema, finding } = await documentedConfig(candidate);
  if (!schema) return { keys: undefined, ...(finding && { finding }) };
  const own = await documentedConfig({ ...candidate, locked: [], defaults: {} });
  const locked = lockedKeys(configKeys(own.schema ?? {}), candidate);
  const open = configKeys(schema).filter(({ key }) => !locked.some((item) => item.key === key));
  return { keys: [...open, ...locked] };
}

/** The project's section of the type. */
function sectionOf(
  candidate: Candidate,
  { sections }: Config,
  discovery: ReturnType<OpenedPlugins["discover"]>,
): Section | undefined {
  const section = sections[candidate.kind];
  if (section.at === undefined || section.instance !== undefined) return undefined;
  const found = discovery.find(candidate.kind, section.type);
  const isSame = "candidate" in found && fullNameOf(found.candidate) === fullNameOf(candidate);
  return isSame ? section : undefined;
}

interface Sample {
  readonly value?: { readonly settings: unknown; readonly secrets: readonly string[] };
  readonly lacks: readonly string[];
}

async function sampleOf(
  candidate: Candidate,
  { definition }: Definition,
  section: Section | undefined,
): Promise<Sample> {
  const settings = mergeJson(candidate.defaults, section?.config ?? {});
  const result = await validateConfig(definition.config, settings, candidate.type);
  if ("findings" in result) return { lacks: result.findings.map(({ message }) => message) };
  const secrets = secretPaths(definition.config, settings).flatMap((path) =>
    textAt(settings, path),
  );
  return { value: { settings: result.value, secrets }, lacks: [] };
}

function textAt(settings: JsonObject, path: readonly (string | number)[]): readonly string[] {
  let value: unknown = settings;
  for (const key of path) {
    value =
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : value;
  }
  return typeof value === "string" && value !== "" ? [value] : [];
}

function errorOf({ code, message, hint }: Finding): RunnableError {
  return new RunnableError(code, message, { ...(hint !== undefined && { hint }), exitCode: 78 });
}
