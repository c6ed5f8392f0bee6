import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { errorCode } from "../files/error-code.ts";

/** A package's directory and the bytes of its package.json. */
export interface LocatedPackage {
  /** As reached; it may be a link. */
  readonly directory: string;
  readonly bytes: Buffer;
}

// What may not be read, or is no possible path, is not there for us.
const notThere: readonly string[] = [
  "ENOENT",
  "ENOTDIR",
  "EISDIR",
  "EACCES",
  "ELOOP",
  "ENAMETOOLONG",
  "ERR_INVALID_ARG_VALUE",
];

/** Finds a package by name as seen from one directory. */
export type PackageLocator = (name: string) => LocatedPackage | undefined;

interface PnpApi {
  readonly resolveToUnqualified: (
    request: string,
    issuer: string,
    options: { considerBuiltins: false },
  ) => string | null;
}

/**
 * A locator for a directory. It walks `node_modules` upwards by itself and asks `pnpapi` under Yarn PnP: `require.resolve`
 * and `import.meta.resolve` obey the package's `exports`, `module.findPackageJSON` fails under PnP.
 */
export function packageLocator(fromDirectory: string): PackageLocator {
  const pnp = pnpApi(fromDirectory);
  if (pnp) return (name) => locateByPnp(pnp, name, fromDirectory);
  const folders = nodeModulesAbove(fromDirectory);
  return (name) => {
    for (const folder of folders) {
      const directory = path.join(folder, name);
      const bytes = readIfThere(path.join(directory, "package.json"));
      if (bytes) return { directory, bytes };
    }
    return undefined;
  };
}

/** The bytes of a file; `undefined` if it is not there. */
export function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (notThere.includes(errorCode(error) ?? "")) return undefined;
    throw error;
  }
}

// Listed once per scope: looking into each ancestor for each package costs five times as much.
function nodeModulesAbove(directory: string): readonly string[] {
  const folders: string[] = [];
  for (let at = directory; ; at = path.dirname(at)) {
    const folder = path.join(at, "node_modules");
    if (path.basename(at) !== "node_modules" && existsSync(folder)) folders.push(folder);
    if (path.dirname(at) === at) return folders;
  }
}

function locateByPnp(pnp: PnpApi, name: string, from: string): LocatedPackage | undefined {
  const issuer = path.join(from, "package.json");
  const directory = resolveByPnp(pnp, name, issuer);
  const bytes = directory && readIfThere(path.join(directory, "package.json"));
  return directory && bytes ? { directory, bytes } : undefined;
}

// It throws for a package that the issuer does not list.
function resolveByPnp(pnp: PnpApi, name: string, issuer: string): string | undefined {
  try {
    return pnp.resolveToUnqualified(name, issuer, { considerBuiltins: false }) ?? undefined;
  } catch {
    return undefined;
  }
}

function pnpApi(directory: string): PnpApi | undefined {
  if (!process.versions["pnp"]) return undefined;
  try {
    return createRequire(path.join(directory, "package.json"))("pnpapi") as PnpApi;
  } catch {
    return undefined;
  }
}
