import { executorBrand, storeBrand } from "@runnable/plugin";

import type { Tree } from "./tree.ts";

/** A configuration written in code. Plain objects and lists are config; what a factory made, or a function, stays as it is. */
export function treeOfValue(value: unknown): Tree {
  if (Array.isArray(value)) return { items: value.map(treeOfValue) };
  if (!isPlainObject(value) || executorBrand in value || storeBrand in value) return { value };
  const written = Object.entries(value).filter(([, item]) => item !== undefined);
  return { entries: new Map(written.map(([key, item]) => [key, treeOfValue(item)])) };
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
