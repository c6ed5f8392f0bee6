import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { readIfThere, type ReadFile } from "./read-file.ts";

/** A package's directory and the bytes of its package.json. */
export interface LocatedPackage {
  /** As reached; it may be a link. */
  readonly directory: string;
  readonly bytes: Buffer;
  /** What it was read with; its own dependencies are read with the same. */
  readonly read: ReadFile;
}

/** Finds a package by name as seen from one directory. */
export type PackageLocator = (name: string) => LocatedPackage | undefined;

/** What Yarn PnP says of packages; the last two are its own, beyond the standard. Source: yarnpkg.com/advanced/pnpapi. */
export interface PnpApi {
  readonly resolveToUnqualified: (
    request: string,
    issuer: string,
    options: { considerBuiltins: false },
  ) => string | null;
  readonly getAllLocators?: () => readonly object[];
  readonly getPackageInformation?: (locator: object) => { readonly packageLocation: string } | null;
}

/**
 * A locator for a directory. It walks `node_modules` upwards by itself and asks `pnpapi` under Yarn PnP: `require.resolve`
 * and `import.meta.resolve` obey the package's `exports`, `module.findPackageJSON` fails under PnP.
 */
export function packageLocator(
  fromDirectory: string,
  read: ReadFile = readIfThere,
): PackageLocator {
  const pnp = pnpApi(fromDirectory);
  if (pnp) {
    const issuer = path.join(fromDirectory, "package.json");
    return (name) => locatedAt(resolveByPnp(pnp, name, issuer), read);
  }
  // Listed once per scope: looking into each ancestor for each package costs five times as much.
  const folders = nodeModulesAbove(fromDirectory);
  return (name) => {
    for (const folder of folders) {
      const located = locatedAt(path.join(folder, name), read);
      if (located) return located;
    }
    return undefined;
  };
}

/** The package in a directory; `undefined` if it has no package.json. */
export function locatedAt(
  directory: string | undefined,
  read: ReadFile,
): LocatedPackage | undefined {
  const bytes = directory === undefined ? undefined : read(path.join(directory, "package.json"));
  return directory !== undefined && bytes ? { directory, bytes, read } : undefined;
}

/** Folders `node_modules` at and above a directory, the nearest first. */
export function nodeModulesAbove(directory: string): readonly string[] {
  const folders: string[] = [];
  for (let at = directory; ; at = path.dirname(at)) {
    const folder = path.join(at, "node_modules");
    if (path.basename(at) !== "node_modules" && existsSync(folder)) folders.push(folder);
    if (path.dirname(at) === at) return folders;
  }
}

// It throws for a package that the issuer does not list.
function resolveByPnp(pnp: PnpApi, name: string, issuer: string): string | undefined {
  try {
    const directory = pnp.resolveToUnqualified(name, issuer, { considerBuiltins: false });
    // It ends with a slash.
    return directory === null ? undefined : path.resolve(directory);
  } catch {
    return undefined;
  }
}

/** Yarn PnP as it holds for a directory; `undefined` where there is none. */
export function pnpApi(directory: string): PnpApi | undefined {
  if (!process.versions["pnp"]) return undefined;
  try {
    return createRequire(path.join(directory, "package.json"))("pnpapi") as PnpApi;
  } catch {
    return undefined;
  }
}
