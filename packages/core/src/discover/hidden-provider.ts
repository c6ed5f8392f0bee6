import path from "node:path";

import { namesOf, type Candidate } from "./candidate.ts";
import { candidatesOf } from "./candidates.ts";
import { installedPackages } from "./installed-packages.ts";
import type { LocatedPackage } from "./locate-package.ts";
import { parsePackageJson } from "./package-json.ts";
import { installCommand } from "./package-manager.ts";
import { pluginPackage } from "./plugin-package.ts";
import type { Query } from "./query.ts";
import type { Scope } from "./scopes.ts";
import type { Sources } from "./sources.ts";

type Installed = ReadonlyMap<string, LocatedPackage>;

/**
 * Lines about an installed package that provides the type and that the project does not list: another one needs it. To know
 * it all package.json files are read, so this is for those who have found nothing else. `packageName` asks for one package.
 */
export function hiddenProviderLines(
  query: Query,
  { scopes, scan }: Sources,
  packageName?: string,
): readonly string[] {
  const places = scopes().scopes;
  const listed = new Set(places.flatMap(({ packages }) => packages));
  const installed = installedPackages(query.projectDirectory);
  const hidden = hiddenCandidates(query, installed, listed).filter(
    (item) => packageName === undefined || item.packageName === packageName,
  );
  return hidden.map((item) => {
    const { packageName: name, version } = item;
    const direct = dependentOf(name, installed, listed);
    const offered = scan().candidates.find((other) => leadsTo(other, item));
    const use = offered ? `, or use "${offered.type}" from ${offered.packageName}` : "";
    const because = direct === undefined ? "" : `, present only because ${direct} depends on it`;
    const run = installCommand(query.projectDirectory, `${name}@${version}`, {
      development: direct !== undefined && isForDevelopment(direct, places),
    });
    return `"${query.type}" exists in ${name} ${version}${because}. Run: ${run}${use}.`;
  });
}

function hiddenCandidates(
  { kind, type }: Query,
  installed: Installed,
  listed: ReadonlySet<string>,
): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const [name, located] of installed) {
    // Most files need not be parsed.
    if (listed.has(name) || !located.bytes.includes('"runnable"')) continue;
    const plugin = pluginPackage(located);
    if (!plugin || "code" in plugin) continue;
    const { candidates } = candidatesOf(plugin, "dependency");
    found.push(...candidates.filter((item) => item.kind === kind && namesOf(item).includes(type)));
  }
  return found;
}

/** The listed package by whose dependencies another is there. */
function dependentOf(
  packageName: string,
  installed: Installed,
  listed: ReadonlySet<string>,
): string | undefined {
  const seen = new Set([packageName]);
  // A set can be added to while it is walked.
  for (const name of seen) {
    const quoted = `"${name}"`;
    for (const [dependent, { bytes }] of installed) {
      if (seen.has(dependent) || !bytes.includes(quoted)) continue;
      if (!parsePackageJson(bytes)?.dependencies.includes(name)) continue;
      if (listed.has(dependent)) return dependent;
      seen.add(dependent);
    }
  }
  return undefined;
}

// By name: a package with peers may be installed several times, once for each set of them.
function leadsTo(candidate: Candidate, hidden: Candidate): boolean {
  return candidate.kind === hidden.kind && moduleOf(candidate) === moduleOf(hidden);
}

function moduleOf({ entry, provider: { packageName, version, directory } }: Candidate): string {
  return `${packageName}@${version}/${path.relative(directory, entry)}`;
}

function isForDevelopment(packageName: string, places: readonly Scope[]): boolean {
  const listing = places.find(({ packages }) => packages.includes(packageName));
  return listing?.self?.packageJson.development.includes(packageName) ?? false;
}
