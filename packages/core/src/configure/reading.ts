import { closestName } from "../jobs/closest-name.ts";
import type { Reporter } from "./reporter.ts";
import { isMap, locateIn, treeAt, type KeyPath, type Tree } from "./tree.ts";

/** A configuration, merged and filled in, that is being taken apart. */
export interface Reading {
  readonly tree: Tree;
  /** Absolute. */
  readonly projectDirectory: string;
  readonly report: Reporter;
}

/** Reports a problem at a path, with the position of what stands there. */
export function problemAt(
  { tree, report }: Reading,
  path: KeyPath,
  problem: { readonly code: string; readonly message: string; readonly hint?: string },
): void {
  const position = locateIn(tree, path);
  report({ ...problem, path, ...(position && { position }) });
}

/** Reports the keys of the map at a path that are not among the known ones. */
export function checkKeys(reading: Reading, at: KeyPath, known: readonly string[]): void {
  const map = treeAt(reading.tree, at);
  if (!isMap(map)) return;
  for (const key of map.entries.keys()) {
    if (known.includes(key)) continue;
    const near = closestName(key, known);
    problemAt(reading, [...at, key], {
      ...unknown(key, at),
      hint: near === undefined ? `Known here: ${known.join(", ")}.` : `Did you mean "${near}"?`,
    });
  }
}

function unknown(key: string, at: KeyPath): { readonly code: string; readonly message: string } {
  return at.length === 0
    ? { code: "CONFIG_UNKNOWN_SECTION", message: `there is no section "${key}"` }
    : { code: "CONFIG_UNKNOWN_KEY", message: `"${key}" is not a key of ${at.join(".")}` };
}
