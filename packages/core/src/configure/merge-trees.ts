import { isMap, leafValue, type Tree, type TreeMap } from "./tree.ts";

/**
 * One tree over another: maps merge key by key, lists and values replace. A section (a map directly below the root, depth 1)
 * that names another `type` replaces the whole section: settings of one service mean nothing to another.
 */
export function mergeTrees(base: Tree, over: Tree, depth: number): Tree {
  if (!isMap(base) || !isMap(over)) return over;
  if (depth === 1 && namesOtherType(base, over)) return over;
  const entries = new Map(base.entries);
  for (const [key, value] of over.entries) {
    const below = entries.get(key);
    entries.set(key, below ? mergeTrees(below, value, depth + 1) : value);
  }
  return { at: over.at ?? base.at, entries };
}

function namesOtherType(base: TreeMap, over: TreeMap): boolean {
  const type = leafValue(over.entries.get("type"));
  return type !== undefined && type !== leafValue(base.entries.get("type"));
}
