import { exactName, type Candidate, type ScopeName } from "../discover/candidate.ts";
import type { PackageFinding } from "../discover/finding.ts";
import { typesOfPackage } from "../discover/known-types.ts";
import { installAllCommand } from "../discover/package-manager.ts";
import type { MissingPackage } from "../discover/scan.ts";
import type { ServiceKind } from "../discover/service-kind.ts";
import type { TypeState } from "../discover/standing.ts";
import type { SurveyedType } from "../discover/survey.ts";
import { contractMismatch } from "../resolve/contract-mismatch.ts";
import { openPlugins, type PluginsOptions } from "./open-plugins.ts";

/** A type, or a package of which no type is known. */
export interface ListedPlugin {
  /** Empty for a whole package. */
  readonly type: string;
  readonly aliases: readonly string[];
  /** Section of the configuration where it may stand; absent for a whole package. */
  readonly kind?: ServiceKind;
  /** What the manifest of an executor says. */
  readonly executor?: "direct" | "remote";
  readonly package: string;
  /** Empty where it is not known. */
  readonly version: string;
  /** Where the package is named; absent where it is broken. */
  readonly scope?: ScopeName;
  /** A name that means it and no other. */
  readonly name: string;
  readonly state: TypeState | "not-installed";
  /** For every state but `ready`. */
  readonly reason?: string;
  /** What is odd and stops nothing. */
  readonly warning?: string;
  readonly summary?: string;
  /** `package:type` that a re-export leads to, from the outermost. */
  readonly via?: readonly string[];
  /** Absolute path of the module. */
  readonly entry?: string;
}

/** All that a project could name, and what is wrong with the rest. */
export interface PluginList {
  /** Types nearest scope first, built-in ones last; then what is broken or absent. */
  readonly plugins: readonly ListedPlugin[];
  /** What keeps the list from being whole. */
  readonly notes: readonly string[];
}

/**
 * The types of a project, of all kinds, by its package.json files alone: nothing is imported.
 * @throws RunnableError CONFIG_INVALID when `configFile` is not there.
 */
export async function listPlugins(options: PluginsOptions): Promise<PluginList> {
  const { config, discover, notes } = await openPlugins(options);
  const { projectDirectory } = config;
  const { types, findings, missing } = discover().survey();
  const listed = types.map((item) => listedType(item, projectDirectory));
  const absent = missing.flatMap((item) => notInstalled(item, projectDirectory));
  return {
    plugins: [...(await Promise.all(listed)), ...findings.map(broken), ...absent],
    notes,
  };
}

async function listedType(
  { candidate, state, reason, aliases }: SurveyedType,
  projectDirectory: string,
): Promise<ListedPlugin> {
  const { kind, type, declaredKind, packageName, version, scope, summary, via, entry } = candidate;
  const warning = await warningOf(candidate);
  return {
    type,
    aliases,
    kind,
    ...(declaredKind && { executor: declaredKind }),
    package: packageName,
    version,
    scope,
    name: exactName(candidate, projectDirectory),
    state,
    ...(reason !== undefined && { reason }),
    ...(warning !== undefined && { warning }),
    ...(summary !== undefined && { summary }),
    ...(via.length > 0 && { via }),
    entry,
  };
}

async function warningOf(candidate: Candidate): Promise<string | undefined> {
  if (candidate.scope === "built-in") return undefined;
  return (await contractMismatch(candidate))?.message;
}

function broken({ code, message, about }: PackageFinding): ListedPlugin {
  const { packageName, version, kind, type = "" } = about;
  return {
    type,
    aliases: [],
    ...(kind && { kind }),
    package: packageName,
    version,
    name: type === "" ? packageName : `${packageName}:${type}`,
    state: code === "PLUGIN_NOT_INSTALLED" ? "not-installed" : "broken",
    reason: message,
  };
}

/** Of dependencies those that are known to provide types; what the configuration names is a finding already. */
function notInstalled(
  { name, scope }: MissingPackage,
  projectDirectory: string,
): readonly ListedPlugin[] {
  if (scope === "config") return [];
  return typesOfPackage(name).map(({ kind, type }) => ({
    type,
    aliases: [],
    kind,
    package: name,
    version: "",
    scope,
    name: `${name}:${type}`,
    state: "not-installed",
    reason: `${name} is in package.json but not installed. Run: ${installAllCommand(projectDirectory)}`,
  }));
}
