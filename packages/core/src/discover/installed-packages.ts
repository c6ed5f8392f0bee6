import { readdirSync } from "node:fs";
import path from "node:path";

import { locatedAt, nodeModulesAbove, pnpApi, type LocatedPackage } from "./locate-package.ts";
import { readIfThere } from "./read-file.ts";

/** More than any project that we know of; the time it takes is what matters. */
const mostPackages = 20_000;
/** Over a slow disk an answer without this is better than a late one. */
const longestMs = 1000;

/** Where pnpm and bun keep, beside what a project lists, all that its dependencies need. */
const hiddenFolders = [".pnpm/node_modules", ".bun/node_modules"];

/** Every installed package as far as it shows from a directory, direct dependencies or not, by name; of several versions one. */
export function installedPackages(directory: string): ReadonlyMap<string, LocatedPackage> {
  const found = new Map<string, LocatedPackage>();
  const started = performance.now();
  for (const [name, where] of packageDirectories(directory)) {
    if (found.size >= mostPackages || performance.now() - started > longestMs) break;
    const located = found.has(name) ? undefined : locatedAt(where, readIfThere);
    if (located) found.set(name, located);
  }
  return found;
}

function* packageDirectories(directory: string): Iterable<readonly [name: string, path: string]> {
  const pnp = pnpApi(directory);
  if (pnp) {
    for (const locator of pnp.getAllLocators?.() ?? []) {
      const where = pnp.getPackageInformation?.(locator)?.packageLocation;
      if ("name" in locator && typeof locator.name === "string" && where) {
        yield [locator.name, where];
      }
    }
    return;
  }
  for (const folder of nodeModulesAbove(directory)) {
    for (const inner of ["", ...hiddenFolders]) yield* packagesIn(path.join(folder, inner));
  }
}

function* packagesIn(folder: string): Iterable<readonly [name: string, path: string]> {
  for (const name of namesIn(folder)) {
    if (!name.startsWith("@")) yield [name, path.join(folder, name)];
    else {
      for (const inner of namesIn(path.join(folder, name))) {
        yield [`${name}/${inner}`, path.join(folder, name, inner)];
      }
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith("."))
      .toSorted();
  } catch {
    return [];
  }
}
