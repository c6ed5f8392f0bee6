import { existsSync } from "node:fs";
import path from "node:path";

import type { Candidate, ScopeName } from "./candidate.ts";
import type { Finding } from "./finding.ts";
import type { PluginPackage } from "./plugin-package.ts";
import { followReExports, type Followed, type NamedType } from "./re-export.ts";
import { serviceKinds } from "./service-kind.ts";

/** What packages provide, and what is wrong with them. */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly findings: readonly Finding[];
}

/** Every type of a package, re-exports followed. A broken one is a finding and hurts no other. */
export function candidatesOf(plugin: PluginPackage, scope: ScopeName): Candidates {
  const candidates: Candidate[] = [];
  const findings: Finding[] = [...plugin.manifest.findings];
  for (const kind of serviceKinds) {
    for (const type of plugin.manifest.entries[kind].keys()) {
      const followed = followReExports({ plugin, kind, type });
      if ("code" in followed) findings.push(followed);
      else candidates.push(candidateOf({ plugin, kind, type }, followed, scope));
    }
  }
  return { candidates, findings };
}

function candidateOf(named: NamedType, followed: Followed, scope: ScopeName): Candidate {
  const { plugin, kind, type } = named;
  const notes = { ...followed.entry, ...plugin.manifest.entries[kind].get(type) };
  const { packageName, version, directory, manifest } = followed.plugin;
  const { entry, source, jobSide, schema, kind: declaredKind } = followed.entry;
  return {
    kind,
    type,
    aliases: plugin.manifest.entries[kind].get(type)?.aliases ?? [],
    scope,
    packageName: plugin.packageName,
    version: plugin.version,
    provider: { packageName, version, directory, api: manifest.api },
    entry: path.join(directory, source && isDeveloped(directory, source) ? source : entry),
    ...(jobSide && { jobSide: { ...jobSide, entry: path.join(directory, jobSide.entry) } }),
    ...(schema && { schema: path.join(directory, schema) }),
    ...(declaredKind && { declaredKind }),
    ...(notes.summary && { summary: notes.summary }),
    ...(notes.deprecated && { deprecated: notes.deprecated }),
    defaults: followed.defaults,
    locked: followed.locked,
    via: followed.via,
  };
}

/** Whether the package is linked, and with its sources. */
function isDeveloped(directory: string, source: string): boolean {
  if (directory.split(path.sep).includes("node_modules")) return false;
  return existsSync(path.join(directory, source));
}
