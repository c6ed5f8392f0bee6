import { existsSync, realpathSync } from "node:fs";
import path from "node:path";

import { exactName, type Candidate } from "../discover/candidate.ts";
import { manifestKeys, serviceKinds } from "../discover/service-kind.ts";
import type { SurveyedType } from "../discover/survey.ts";
import { frozenModule, type FrozenPackage } from "./frozen-module.ts";
import { openPlugins, type PluginsOptions } from "./open-plugins.ts";

/** A project's plugins as a module. */
export interface FrozenPlugins {
  /** Text of a module that exports `plugins`, for `createHost`. */
  readonly text: string;
  /** In the order of the module. */
  readonly packages: readonly { readonly package: string; readonly version: string }[];
  /** Types that it does not hold, and why. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** What keeps the list from being whole. */
  readonly notes: readonly string[];
}

/**
 * The plugins that a project finds, as imports of a module: what is bundled with it finds nothing by package.json. Nothing is
 * imported, and the same installation gives the same text. Core's own stores are left out, a host has them.
 * @throws RunnableError CONFIG_INVALID when `configFile` is not there.
 */
export async function freezePlugins(
  options: PluginsOptions & {
    /** Absolute path of the module: imports are relative to it. `.ts` and `.mts` get a type. */
    readonly output: string;
  },
): Promise<FrozenPlugins> {
  const { config, discover, notes } = await openPlugins(options);
  const { projectDirectory } = config;
  const types = discover()
    .survey()
    .types.filter(({ candidate }) => !isOfCore(candidate));
  const named = types.map((type) => ({ type, reason: reasonAgainst(type) }));
  const leftOut = named.flatMap(({ type: { candidate }, reason }) =>
    reason === undefined ? [] : [{ name: exactName(candidate, projectDirectory), reason }],
  );
  const kept = named.filter(({ reason }) => reason === undefined).map(({ type }) => type);
  const packages = packagesOf(kept, projectDirectory);
  return { text: frozenModule(packages, options.output), packages, leftOut, notes };
}

function isOfCore({ scope, packageName }: Candidate): boolean {
  return scope === "built-in" && packageName === "@runnable/core";
}

/** What a static plugin has no place for must not be lost in silence. */
function reasonAgainst({ candidate, state, reason }: SurveyedType): string | undefined {
  const { defaults, locked, jobSide, entry } = candidate;
  if (state !== "ready" && state !== "deprecated" && state !== "ambiguous") return reason ?? state;
  if (Object.keys(defaults).length > 0 || locked.length > 0) return "a re-export with settings";
  if (jobSide) return "it has a module that runs around the job";
  return /\.zip[\\/]/u.test(entry) ? "its package is inside an archive" : undefined;
}

function packagesOf(
  types: readonly SurveyedType[],
  projectDirectory: string,
): readonly FrozenPackage[] {
  const byPackage = Map.groupBy(types, ({ candidate }) => candidate.packageName);
  return [...byPackage].map(([name, own]) => ({
    package: name || path.basename(projectDirectory),
    version: own[0]?.candidate.version ?? "",
    kinds: serviceKinds.flatMap((kind) => {
      const ofKind = own.filter(({ candidate }) => candidate.kind === kind);
      const entries = ofKind.flatMap(({ candidate, aliases }) =>
        [candidate.type, ...aliases].map((type) => ({
          type,
          module: moduleOf(candidate, projectDirectory),
        })),
      );
      return entries.length === 0 ? [] : [{ key: manifestKeys[kind], entries }];
    }),
  }));
}

/** By the project's own node_modules where it is reached so: a path into a store changes with the version. */
function moduleOf({ entry, provider }: Candidate, projectDirectory: string): string {
  const inside = path.relative(provider.directory, entry);
  const linked = path.join(projectDirectory, "node_modules", provider.packageName, inside);
  return existsSync(linked) && realpathSync(linked) === realpathSync(entry) ? linked : entry;
}
