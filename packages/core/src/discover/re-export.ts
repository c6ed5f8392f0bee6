import type { JsonObject } from "@runnable/plugin";

import type { Candidate } from "./candidate.ts";
import type { Finding } from "./finding.ts";
import { mergeJson, valueAt } from "./json-object.ts";
import { packageLocator } from "./locate-package.ts";
import type { ModuleEntry, RedirectEntry } from "./manifest.ts";
import { pluginPackage, type PluginPackage } from "./plugin-package.ts";
import { splitQualified } from "./qualified-name.ts";
import type { ServiceKind } from "./service-kind.ts";

/** A type of a package. */
export interface NamedType {
  readonly plugin: PluginPackage;
  readonly kind: ServiceKind;
  readonly type: string;
}

/** Where a chain of re-exports ends; a chain may have no link at all. */
export interface Followed {
  readonly plugin: PluginPackage;
  readonly entry: ModuleEntry;
  readonly defaults: JsonObject;
  readonly locked: Candidate["locked"];
  /** `package:type` of each link after the first. */
  readonly via: readonly string[];
}

/** A re-export may lead to a re-export, so often. */
const longestChain = 4;

/** Follows a type's re-exports, each resolved from the package that re-exports, to the module. Reads package.json files only. */
export function followReExports(named: NamedType): Followed | Finding {
  return follow(named, []);
}

function follow(named: NamedType, before: readonly string[]): Followed | Finding {
  const { plugin, kind, type } = named;
  const name = `${plugin.packageName}:${type}`;
  const entry = plugin.manifest.entries[kind].get(type);
  if (!entry) return broken(before.at(-1) ?? name, name, "which does not exist");
  if ("entry" in entry) {
    return { plugin, entry, defaults: {}, locked: [], via: [...before, name].slice(1) };
  }
  if (before.includes(name)) return tooLong([...before, name], "is a cycle");
  if (before.length >= longestChain) return tooLong([...before, name], "has too many steps");
  const target = targetOf(name, plugin, entry);
  if ("code" in target) return target;
  const followed = follow({ ...target, kind }, [...before, name]);
  return "code" in followed ? followed : withSettings(followed, entry, name);
}

function targetOf(
  name: string,
  plugin: PluginPackage,
  { from }: RedirectEntry,
): Omit<NamedType, "kind"> | Finding {
  const target = splitQualified(from);
  if (!target) throw new Error(`${name} has an unchecked target`);
  if (target.packageName === plugin.packageName) return { plugin, type: target.name };
  const located = packageLocator(plugin.directory, plugin.read)(target.packageName);
  if (!located) return broken(name, from, `which ${plugin.packageName} cannot see`);
  const found = pluginPackage(located) ?? broken(name, from, "which is not a plugin");
  return "code" in found ? found : { plugin: found, type: target.name };
}

function withSettings(inner: Followed, entry: RedirectEntry, name: string): Followed | Finding {
  const refused = inner.locked.find(({ key }) => valueAt(entry.defaults, key) !== undefined);
  if (refused) {
    return {
      code: "PLUGIN_MANIFEST_INVALID",
      message: `${name} sets "${refused.key}", which is locked by ${refused.by}`,
      hint: `Report it to the author of ${name}.`,
    };
  }
  return {
    ...inner,
    defaults: mergeJson(inner.defaults, entry.defaults),
    locked: [...inner.locked, ...entry.locked.map((key) => ({ key, by: name }))],
  };
}

function broken(name: string, to: string, why: string): Finding {
  return {
    code: "PLUGIN_REDIRECT_BROKEN",
    message: `${name} points to ${to}, ${why}`,
    hint: `Report it to the author of ${name}: its package must have the target among its dependencies.`,
  };
}

function tooLong(chain: readonly string[], why: string): Finding {
  return {
    code: "PLUGIN_REDIRECT_CYCLE",
    message: `the re-export ${chain.join(" -> ")} ${why}`,
    hint: "Let it name the package that holds the module.",
  };
}
