import type { Json } from "@runnable/plugin";

/** Deeper than anything sensible, and far from where JSON.stringify overflows the stack. */
const maxDepth = 500;

/** A copy as JSON, or what hinders it, by key: `returns.model.weights[3] is NaN: not JSON`. */
export function toJson(
  value: unknown,
  name: string,
):
  | { readonly value: Json; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string } {
  try {
    return { value: copy(value, { path: name, above: [] }) };
  } catch (error) {
    if (error instanceof NotJson) return { problem: error.message };
    throw error;
  }
}

class NotJson extends Error {}

interface Place {
  readonly path: string;
  /** The objects around this value. */
  readonly above: readonly object[];
}

function copy(value: unknown, place: Place): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value !== "object") throw new NotJson(`${place.path} is ${describe(value)}: not JSON`);
  if (place.above.includes(value)) throw new NotJson(`${place.path} holds itself: not JSON`);
  if (place.above.length >= maxDepth) throw new NotJson(`${place.path} is nested too deep`);
  const above = [...place.above, value];
  if (Array.isArray(value)) {
    // By index: holes count as undefined.
    return Array.from(value, (item: unknown, index) =>
      copy(item, { path: `${place.path}[${index}]`, above }),
    );
  }
  if (!isPlain(value)) {
    throw new NotJson(
      `${place.path} is ${instanceName(value)}: return plain objects, lists, text and numbers`,
    );
  }
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return Object.fromEntries(
    entries.map(([key, held]) => [
      key,
      copy(held, { path: `${place.path}${keyText(key)}`, above }),
    ]),
  );
}

/** Objects of another realm (`node:vm`) count as plain. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function keyText(key: string): string {
  return /^[\w$]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function describe(value: unknown): string {
  if (typeof value === "bigint") return `the bigint ${value}n`;
  return typeof value === "number" || value === undefined ? String(value) : `a ${typeof value}`;
}

function instanceName(value: object): string {
  const name: unknown = value.constructor?.name;
  return typeof name === "string" && name !== "" ? `a ${name}` : "an instance of a class";
}
