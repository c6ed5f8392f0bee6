import { existsSync } from "node:fs";
import path from "node:path";

import type { ScopeName } from "./candidate.ts";
import type { PackageFinding } from "./finding.ts";
import { locatedAt, packageLocator, type LocatedPackage } from "./locate-package.ts";
import { nearestPackageDirectory, parsePackageJson, type PackageJson } from "./package-json.ts";
import { notJson } from "./plugin-package.ts";
import { readIfThere, type ReadFile } from "./read-file.ts";

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

/** The scopes of a project, and which package.json of theirs is broken. */
export interface Scopes {
  /** Nearest first: the project, its workspace's root, what the configuration's `plugins` names. */
  readonly scopes: readonly Scope[];
  readonly findings: readonly PackageFinding[];
}

/** Where the packages of a project are named: direct dependencies only, since hoisting decides what else can be seen. */
export function scopesOf(options: {
  readonly projectDirectory: string;
  readonly packages: readonly string[];
  readonly read?: ReadFile;
}): Scopes {
  const { read = readIfThere } = options;
  const project = nearestPackageDirectory(options.projectDirectory);
  const workspace = project === undefined ? undefined : workspaceRoot(project, read);
  const found = [
    project === undefined ? undefined : packageScope("dependency", project, read),
    workspace === undefined ? undefined : packageScope("workspace", workspace, read),
    options.packages.length === 0 ? undefined : configScope({ ...options, read }),
  ].filter((scope) => scope !== undefined);
  return {
    scopes: found.filter((scope): scope is Scope => !("code" in scope)),
    findings: found.filter((scope) => "code" in scope),
  };
}

/** The scope of a directory's package.json, which must be there. */
export function packageScope(
  name: ScopeName,
  directory: string,
  read: ReadFile,
): Scope | PackageFinding | undefined {
  const located = locatedAt(directory, read);
  if (!located) return undefined;
  const packageJson = parsePackageJson(located.bytes);
  if (!packageJson) return notJson(directory);
  return {
    name,
    directory,
    self: { located, packageJson },
    packages: packageJson.dependencies,
    locate: packageLocator(directory, read),
  };
}

function configScope(options: {
  readonly projectDirectory: string;
  readonly packages: readonly string[];
  readonly read: ReadFile;
}): Scope {
  const byName = packageLocator(options.projectDirectory, options.read);
  return {
    name: "config",
    directory: options.projectDirectory,
    packages: options.packages.toSorted(),
    locate: (name) => {
      if (!name.startsWith(".") && !path.isAbsolute(name)) return byName(name);
      return locatedAt(path.resolve(options.projectDirectory, name), options.read);
    },
  };
}

/** Above a package, not beyond the repository. */
function workspaceRoot(packageDirectory: string, read: ReadFile): string | undefined {
  for (let at = packageDirectory; ;) {
    if (existsSync(path.join(at, ".git")) || path.dirname(at) === at) return undefined;
    at = path.dirname(at);
    if (existsSync(path.join(at, "pnpm-workspace.yaml"))) return at;
    const bytes = read(path.join(at, "package.json"));
    if (bytes && parsePackageJson(bytes)?.workspaces) return at;
  }
}
