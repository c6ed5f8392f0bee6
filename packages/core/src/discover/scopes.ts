import { existsSync } from "node:fs";
import path from "node:path";

import type { ScopeName } from "./candidate.ts";
import { packageLocator, readIfThere, type LocatedPackage } from "./locate-package.ts";
import { nearestPackageDirectory, parsePackageJson, type PackageJson } from "./package-json.ts";

/** A place that says which packages count. */
export interface Scope {
  /** Of the packages that it lists; its own types are the project's. */
  readonly name: ScopeName;
  readonly directory: string;
  /** Its own package.json, where its own types may stand. */
  readonly self?: { readonly located: LocatedPackage; readonly packageJson: PackageJson };
  /** Names, and for `config` also paths, that it lists, sorted. */
  readonly packages: readonly string[];
  /** What it lists and where that is installed. */
  readonly locate: (name: string) => LocatedPackage | undefined;
}

/** Nearest first: the project, its workspace's root, what the configuration's `plugins` names. Direct dependencies only. */
export function scopesOf(options: {
  readonly projectDirectory: string;
  readonly packages: readonly string[];
}): readonly Scope[] {
  const project = nearestPackageDirectory(options.projectDirectory);
  const workspace = project && workspaceRoot(project);
  return [
    ...(project ? [packageScope("dependency", project)] : []),
    ...(workspace ? [packageScope("workspace", workspace)] : []),
    ...(options.packages.length > 0 ? [configScope(options)] : []),
  ].filter((scope) => scope !== undefined);
}

/** The scope of a directory's package.json; `undefined` when that is not JSON. */
export function packageScope(name: ScopeName, directory: string): Scope | undefined {
  const bytes = readIfThere(path.join(directory, "package.json"));
  const packageJson = bytes && parsed(bytes);
  if (!packageJson) return undefined;
  return {
    name,
    directory,
    self: { located: { directory, bytes }, packageJson },
    packages: packageJson.dependencies,
    locate: packageLocator(directory),
  };
}

function configScope(options: {
  readonly projectDirectory: string;
  readonly packages: readonly string[];
}): Scope {
  const byName = packageLocator(options.projectDirectory);
  return {
    name: "config",
    directory: options.projectDirectory,
    packages: options.packages.toSorted(),
    locate: (name) => {
      if (!name.startsWith(".") && !path.isAbsolute(name)) return byName(name);
      const directory = path.resolve(options.projectDirectory, name);
      const bytes = readIfThere(path.join(directory, "package.json"));
      return bytes && { directory, bytes };
    },
  };
}

/** Above a package, not beyond the repository. */
function workspaceRoot(packageDirectory: string): string | undefined {
  for (let at = packageDirectory; ;) {
    if (existsSync(path.join(at, ".git")) || path.dirname(at) === at) return undefined;
    at = path.dirname(at);
    if (existsSync(path.join(at, "pnpm-workspace.yaml"))) return at;
    const bytes = readIfThere(path.join(at, "package.json"));
    if (bytes && parsed(bytes)?.workspaces) return at;
  }
}

function parsed(bytes: Buffer): PackageJson | undefined {
  try {
    return parsePackageJson(bytes);
  } catch {
    return undefined;
  }
}
