import type { Json } from "@runnable/plugin";

import type { SourcePosition } from "./config.ts";

/** A value of a config file together with the place where it stands: that of its key, or of the list's item. */
export type Tree = TreeMap | TreeList | TreeLeaf;

export interface TreeMap {
  readonly at?: SourcePosition | undefined;
  readonly entries: ReadonlyMap<string, Tree>;
}

export interface TreeList {
  readonly at?: SourcePosition | undefined;
  readonly items: readonly Tree[];
}

/** A scalar; from a module also an object made by a factory, or what is no config value at all. */
export interface TreeLeaf {
  readonly at?: SourcePosition | undefined;
  readonly value: unknown;
}

/** A path of keys and indexes. */
export type KeyPath = readonly (string | number)[];

/** A file without content. */
export const emptyTree: TreeMap = { entries: new Map() };

export function isMap(tree: Tree | undefined): tree is TreeMap {
  return tree !== undefined && "entries" in tree;
}

export function isList(tree: Tree | undefined): tree is TreeList {
  return tree !== undefined && "items" in tree;
}

/** The value of a leaf; `undefined` of anything else. */
export function leafValue(tree: Tree | undefined): unknown {
  return tree !== undefined && "value" in tree ? tree.value : undefined;
}

/** Whether nothing is written: no key, or a key without a value. */
export function isAbsent(tree: Tree | undefined): tree is undefined {
  return tree === undefined || leafValue(tree) === null;
}

/** The tree at a path. */
export function treeAt(tree: Tree | undefined, path: KeyPath): Tree | undefined {
  let at = tree;
  for (const key of path) {
    if (isMap(at)) at = at.entries.get(String(key));
    else if (isList(at)) at = at.items[Number(key)];
    else return undefined;
  }
  return at;
}

/** Where a path stands: the position of its nearest parent that has one. */
export function locateIn(tree: Tree, path: KeyPath): SourcePosition | undefined {
  for (let length = path.length; length >= 0; length--) {
    const at = treeAt(tree, path.slice(0, length))?.at;
    if (at) return at;
  }
  return undefined;
}

/** The tree as JSON; what JSON cannot hold becomes `null`. */
export function toJson(tree: Tree): Json {
  if (isMap(tree)) {
    return Object.fromEntries([...tree.entries].map(([key, value]) => [key, toJson(value)]));
  }
  if (isList(tree)) return tree.items.map(toJson);
  return isJsonScalar(tree.value) ? tree.value : null;
}

/** Whether JSON can hold a leaf's value. */
export function isJsonScalar(value: unknown): value is string | number | boolean | null {
  if (typeof value === "number") return Number.isFinite(value);
  return value === null || typeof value === "string" || typeof value === "boolean";
}
