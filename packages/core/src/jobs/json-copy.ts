import type { Json } from "@runnable/plugin";

/** Deeper than anything sensible, and far from where JSON.stringify overflows the stack. */
const maxDepth = 500;

/** A copy, or why there is none. */
export type JsonCopy =
  | { readonly value: Json; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string };

/**
 * A deep copy of a value that is JSON already, or the first thing in it that is not, by its key: `returns.weights[3] is NaN: not JSON`.
 * Unlike `JSON.stringify` it changes nothing silently; only keys whose value is undefined are left out.
 */
export function jsonCopy(value: unknown, name: string): JsonCopy {
  try {
    return { value: copy(value, { key: name, depth: 0 }) };
  } catch (error) {
    if (error instanceof NotJson) return { problem: error.message };
    throw error;
  }
}

/** Where a value is; the path is put together only when something is wrong. */
interface Place {
  readonly key: string | number;
  readonly depth: number;
  readonly parent?: Place;
  readonly container?: object;
}

class NotJson extends Error {
  constructor(place: Place, what: string) {
    super(`${pathOf(place)} ${what}`);
  }
}

function copy(value: unknown, place: Place): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value !== "object") throw new NotJson(place, `is ${describe(value)}: not JSON`);
  if (place.depth > maxDepth) throw new NotJson(place, "is nested too deep");
  if (isWithin(value, place)) throw new NotJson(place, "holds itself: not JSON");
  const inside = { depth: place.depth + 1, parent: place, container: value };
  if (Array.isArray(value)) {
    // By index: holes count as undefined.
    return Array.from(value, (item: unknown, key) => copy(item, { ...inside, key }));
  }
  if (!isPlain(value)) throw new NotJson(place, `is ${instanceName(value)}: not JSON`);
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return Object.fromEntries(entries.map(([key, held]) => [key, copy(held, { ...inside, key })]));
}

function isWithin(value: object, place: Place): boolean {
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) {
    if (at.container === value) return true;
  }
  return false;
}

/** Objects of another realm (`node:vm`) count as plain. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function pathOf({ key, parent }: Place): string {
  if (parent === undefined) return String(key);
  if (typeof key === "number") return `${pathOf(parent)}[${key}]`;
  return pathOf(parent) + (/^[\w$]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
}

function describe(value: unknown): string {
  if (typeof value === "bigint") return `the bigint ${value}n`;
  return typeof value === "number" || value === undefined ? String(value) : `a ${typeof value}`;
}

function instanceName(value: object): string {
  const name: unknown = value.constructor?.name;
  return typeof name === "string" && name !== "" ? `a ${name}` : "an instance of a class";
}
