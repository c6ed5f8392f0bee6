import { realpathSync } from "node:fs";
import path from "node:path";

import type { JsonObject } from "@runnable/plugin";

import type { Candidate, ScopeName } from "./candidate.ts";
import type { Finding } from "./finding.ts";
import { packageLocator, type LocatedPackage } from "./locate-package.ts";
import {
  parseManifest,
  splitQualified,
  type Manifest,
  type ModuleEntry,
  type RedirectEntry,
} from "./manifest.ts";
import { mergeJson } from "./merge-json.ts";
import { parsePackageJson, type PackageJson } from "./package-json.ts";
import { serviceKinds, type ServiceKind } from "./service-kind.ts";

/** A package that has a manifest. */
export interface PluginPackage {
  readonly packageName: string;
  readonly version: string;
  /** Real path. */
  readonly directory: string;
  readonly manifest: Manifest;
}

/** What packages provide, and what is wrong with them. */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly findings: readonly Finding[];
}

/** A re-export may lead to a re-export, so often. */
const longestChain = 4;

/** The package as a plugin; `undefined` when it is none. Only bytes that hold `"runnable"` are parsed. */
export function pluginPackage(located: LocatedPackage): PluginPackage | Finding | undefined {
  if (!located.bytes.includes('"runnable"')) return undefined;
  const pkg = tryParse(located.bytes);
  if (!pkg) {
    return {
      code: "PLUGIN_MANIFEST_INVALID",
      message: `${path.join(located.directory, "package.json")} is not JSON`,
      hint: "Install the package again.",
    };
  }
  if (pkg.runnable === undefined) return undefined;
  return {
    packageName: pkg.name,
    version: pkg.version,
    // Under Yarn PnP a path inside an archive is its own real path.
    directory: process.versions["pnp"] ? located.directory : realpathSync(located.directory),
    manifest: parseManifest(pkg),
  };
}

/** Every type of a package, re-exports followed. A broken one is a finding and hurts no other. */
export function candidatesOf(plugin: PluginPackage, scope: ScopeName): Candidates {
  const candidates: Candidate[] = [];
  const findings: Finding[] = [...plugin.manifest.findings];
  for (const kind of serviceKinds) {
    for (const type of plugin.manifest.entries[kind].keys()) {
      const followed = follow({ plugin, kind, type }, []);
      if ("code" in followed) findings.push(followed);
      else candidates.push(candidate({ plugin, kind, type, scope }, followed));
    }
  }
  return { candidates, findings };
}

interface Named {
  readonly plugin: PluginPackage;
  readonly kind: ServiceKind;
  readonly type: string;
}

/** The end of a chain of re-exports. */
interface Followed {
  readonly plugin: PluginPackage;
  readonly entry: ModuleEntry;
  readonly defaults: JsonObject;
  readonly locked: Candidate["locked"];
  readonly via: readonly string[];
}

function follow({ plugin, kind, type }: Named, seen: readonly string[]): Followed | Finding {
  const name = `${plugin.packageName}:${type}`;
  const entry = plugin.manifest.entries[kind].get(type);
  if (!entry) return broken(seen.at(-1) ?? name, name, "which does not exist");
  if (!("from" in entry)) return { plugin, entry, defaults: {}, locked: [], via: seen.slice(1).concat(seen.length > 0 ? [name] : []) };
  if (seen.includes(name) || seen.length >= longestChain) {
    return {
      code: "PLUGIN_REDIRECT_CYCLE",
      message: `the re-export ${[...seen, name].join(" -> ")} ${seen.includes(name) ? "is a cycle" : "is too long"}`,
      hint: `Let ${seen[0] ?? name} name the package that holds the module.`,
    };
  }
  const target = targetOf(plugin, entry);
  if ("code" in target) return target;
  const followed = follow({ plugin: target.plugin, kind, type: target.type }, [...seen, name]);
  return "code" in followed ? followed : over(followed, entry, name);
}

function targetOf(
  plugin: PluginPackage,
  entry: RedirectEntry,
): { readonly plugin: PluginPackage; readonly type: string } | Finding {
  const name = splitQualified(entry.from);
  if (!name) throw new Error(`unchecked re-export ${entry.from}`);
  if (name.packageName === plugin.packageName) return { plugin, type: name.name };
  const located = packageLocator(plugin.directory)(name.packageName);
  const target = located && pluginPackage(located);
  if (!target) {
    const why = located ? "which is not a plugin" : `which ${plugin.packageName} cannot see`;
    return broken(plugin.packageName, entry.from, why);
  }
  return "code" in target ? target : { plugin: target, type: name.name };
}

function over(inner: Followed, entry: RedirectEntry, name: string): Followed | Finding {
  const refused = inner.locked.find(({ key }) => valueAt(entry.defaults, key) !== undefined);
  if (refused) {
    return {
      code: "PLUGIN_MANIFEST_INVALID",
      message: `${name} sets ${refused.key}, which is locked by ${refused.by}`,
    };
  }
  return {
    ...inner,
    defaults: mergeJson(inner.defaults, entry.defaults),
    locked: [...inner.locked, ...entry.locked.map((key) => ({ key, by: name }))],
  };
}

/** The value at a dotted path of keys. */
export function valueAt(object: JsonObject, key: string): unknown {
  let value: unknown = object;
  for (const part of key.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

function broken(name: string, to: string, why: string): Finding {
  return {
    code: "PLUGIN_REDIRECT_BROKEN",
    message: `${name} points to ${to}, ${why}`,
    hint: `Add it to the dependencies of ${name.replace(/:[^:]*$/u, "")}.`,
  };
}

function candidate(
  { plugin, kind, type, scope }: Named & { readonly scope: ScopeName },
  followed: Followed,
): Candidate {
  const named = plugin.manifest.entries[kind].get(type);
  const { directory } = followed.plugin;
  const { entry, source, jobSide, schema, kind: declaredKind } = followed.entry;
  const summary = named?.summary ?? followed.entry.summary;
  const deprecated = named?.deprecated ?? followed.entry.deprecated;
  return {
    kind,
    type,
    scope,
    aliases: named?.aliases ?? [],
    packageName: plugin.packageName,
    version: plugin.version,
    provider: { ...pick(followed.plugin), api: followed.plugin.manifest.api },
    entry: path.join(directory, source && isLinked(directory) ? source : entry),
    ...(jobSide && { jobSide: path.join(directory, jobSide) }),
    ...(schema && { schema: path.join(directory, schema) }),
    ...(declaredKind && { declaredKind }),
    ...(summary && { summary }),
    ...(deprecated && { deprecated }),
    defaults: followed.defaults,
    locked: followed.locked,
    via: followed.via,
  };
}

function pick({ packageName, version, directory }: PluginPackage): Omit<Candidate["provider"], "api"> {
  return { packageName, version, directory };
}

function isLinked(directory: string): boolean {
  return !directory.split(path.sep).includes("node_modules");
}

function tryParse(bytes: Buffer): PackageJson | undefined {
  try {
    return parsePackageJson(bytes);
  } catch {
    return undefined;
  }
}
