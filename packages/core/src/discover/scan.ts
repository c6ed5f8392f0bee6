import path from "node:path";

import type { Candidate, ScopeName } from "./candidate.ts";
import { candidatesOf } from "./candidates.ts";
import type { PackageFinding } from "./finding.ts";
import type { LocatedPackage } from "./locate-package.ts";
import { pluginPackage } from "./plugin-package.ts";
import type { Scopes } from "./scopes.ts";

/** What the package.json files of some scopes say. */
export interface Scan {
  /** Nearest scope first, then by package, in the order of the manifest. */
  readonly candidates: readonly Candidate[];
  readonly findings: readonly PackageFinding[];
  /** The files that say what was looked at, and how many packages each lists. */
  readonly searched: readonly { readonly file: string; readonly packages: number }[];
  readonly missing: readonly MissingPackage[];
}

/** A package that is listed and not installed. */
export interface MissingPackage {
  /** For `config` it may be a path. */
  readonly name: string;
  readonly scope: ScopeName;
  /** It may be absent: an optional or a peer dependency. */
  readonly optional: boolean;
}

/** Reads the package.json of every package that the scopes list. A package that several list counts for the nearest. */
export function scanScopes({ scopes, findings: broken }: Scopes): Scan {
  const candidates: Candidate[] = [];
  const findings: PackageFinding[] = [...broken];
  const missing: MissingPackage[] = [];
  const seen = new Set<string>();
  const read = (located: LocatedPackage, scope: ScopeName) => {
    const plugin = pluginPackage(located);
    if (!plugin) return;
    if ("code" in plugin) {
      findings.push(plugin);
      return;
    }
    if (seen.has(plugin.directory)) return;
    seen.add(plugin.directory);
    const found = candidatesOf(plugin, scope);
    candidates.push(...found.candidates);
    findings.push(...found.findings);
  };
  for (const scope of scopes) {
    if (scope.self) read(scope.self.located, "project");
    for (const name of scope.packages) {
      const located = scope.locate(name);
      if (located) {
        read(located, scope.name);
        continue;
      }
      const optional = scope.self?.packageJson.optional.includes(name) ?? false;
      missing.push({ name, scope: scope.name, optional });
      if (scope.name === "config") findings.push(notInstalled(name));
    }
  }
  const searched = scopes.map((scope) => ({
    file: scope.self ? path.join(scope.directory, "package.json") : "plugins of the configuration",
    packages: scope.packages.length,
  }));
  return { candidates, findings, searched, missing };
}

// A listed dependency may be absent for a good reason; what the configuration names may not.
function notInstalled(name: string): PackageFinding {
  return {
    about: { packageName: name, version: "" },
    code: "PLUGIN_NOT_INSTALLED",
    message: `${name}, which plugins of the configuration names, is not installed`,
  };
}
