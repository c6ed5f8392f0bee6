import { namesOf, type Candidate } from "./candidate.ts";
import { candidatesOf } from "./candidates.ts";
import { nearestPackageDirectory } from "./package-json.ts";
import { pluginPackage } from "./plugin-package.ts";
import type { ReadFile } from "./read-file.ts";
import { packageScope, type Scope } from "./scopes.ts";
import type { ServiceKind } from "./service-kind.ts";

/** What core brings: the types of its own package.json and of its dependencies. Their names are reserved. */
export interface BuiltIns {
  /** By name or alias. Core's own package.json is asked first; a dependency is read only if need be. */
  readonly find: (kind: ServiceKind, type: string) => Candidate | undefined;
  readonly all: () => readonly Candidate[];
}

/** The built-in types; none where core's package.json is out of reach, as in a bundle. */
export function builtIns(read: ReadFile): BuiltIns {
  const groups = lazyGroups(read);
  return {
    find: (kind, type) => {
      for (const group of groups()) {
        const found = group.find((item) => item.kind === kind && namesOf(item).includes(type));
        if (found) return found;
      }
      return undefined;
    },
    all: () => [...groups()].flat(),
  };
}

// One group of types per package, each read when it is first asked for.
function lazyGroups(read: ReadFile): () => Iterable<readonly Candidate[]> {
  const known = new Map<string, readonly Candidate[]>();
  let own: Scope | undefined;
  return function* groups() {
    const scope = (own ??= coreScope(read));
    if (!scope) return;
    for (const name of ["", ...scope.packages.filter(isPluginOfCore)]) {
      const group = known.get(name) ?? readGroup(scope, name);
      known.set(name, group);
      yield group;
    }
  };
}

function coreScope(read: ReadFile): Scope | undefined {
  const directory = nearestPackageDirectory(import.meta.dirname);
  const scope = directory ? packageScope("built-in", directory, read) : undefined;
  if (!scope || "code" in scope) return undefined;
  return scope.self?.packageJson.name === "@runnable/core" ? scope : undefined;
}

// Libraries provide no types, and each would be one more file to read.
function isPluginOfCore(name: string): boolean {
  return name.startsWith("@runnable/") && name !== "@runnable/plugin";
}

function readGroup(scope: Scope, name: string): readonly Candidate[] {
  const located = name === "" ? scope.self?.located : scope.locate(name);
  const plugin = located && pluginPackage(located);
  return plugin && !("code" in plugin) ? candidatesOf(plugin, "built-in").candidates : [];
}
