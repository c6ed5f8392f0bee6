import { existsSync } from "node:fs";
import path from "node:path";

import type { Candidate, ScopeName } from "./candidate.ts";
import type { PackageFinding } from "./finding.ts";
import type { JobSideEntry } from "./manifest.ts";
import type { PluginPackage } from "./plugin-package.ts";
import { followReExports, type Followed, type NamedType } from "./re-export.ts";
import { serviceKinds } from "./service-kind.ts";

/** What packages provide, and what is wrong with them. */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly findings: readonly PackageFinding[];
}

/** Every type of a package, re-exports followed. A broken one is a finding and hurts no other. */
export function candidatesOf(plugin: PluginPackage, scope: ScopeName): Candidates {
  const candidates: Candidate[] = [];
  const findings: PackageFinding[] = [...plugin.manifest.findings];
  for (const kind of serviceKinds) {
    for (const type of plugin.manifest.entries[kind].keys()) {
      const followed = followReExports({ plugin, kind, type });
      const { packageName, version } = plugin;
      const about = { packageName, version, kind, type };
      if ("code" in followed) findings.push({ ...followed, about });
      else candidates.push(candidateOf({ plugin, kind, type }, followed, scope));
    }
  }
  return { candidates, findings };
}

function candidateOf(named: NamedType, followed: Followed, scope: ScopeName): Candidate {
  const { plugin, kind, type } = named;
  const notes = { ...followed.entry, ...plugin.manifest.entries[kind].get(type) };
  const { packageName, version, directory, contract, manifest } = followed.plugin;
  const { jobSide, schema, kind: declaredKind } = followed.entry;
  return {
    kind,
    type,
    aliases: plugin.manifest.entries[kind].get(type)?.aliases ?? [],
    scope,
    packageName: plugin.packageName,
    version: plugin.version,
    directory: plugin.directory,
    provider: { packageName, version, directory, api: manifest.api, ...(contract && { contract }) },
    entry: moduleOf(directory, followed.entry),
    ...(jobSide && { jobSide: { entry: moduleOf(directory, jobSide), config: jobSide.config } }),
    ...(schema && { schema: path.join(directory, schema) }),
    ...(declaredKind && { declaredKind }),
    ...(notes.summary && { summary: notes.summary }),
    ...(notes.deprecated && { deprecated: notes.deprecated }),
    defaults: followed.defaults,
    locked: followed.locked,
    via: followed.via,
  };
}

/** The source where the package is linked and has it, else what is published. */
function moduleOf(
  directory: string,
  { entry, source }: Pick<JobSideEntry, "entry" | "source">,
): string {
  return path.join(directory, source && isDeveloped(directory, source) ? source : entry);
}

function isDeveloped(directory: string, source: string): boolean {
  if (directory.split(path.sep).includes("node_modules")) return false;
  return existsSync(path.join(directory, source));
}
