import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What an expression is known to be when the module runs where it lies. */
export interface StaticValue {
  /** A URL as its `href`. */
  readonly text: string;
  readonly kind: "text" | "path" | "href" | "url";
  /** Whether it was made from the place of the module; then it is absolute. */
  readonly located: boolean;
}

/** A value that may be unknown. */
export type MaybeValue = StaticValue | undefined;

/** A string that says nothing of the module's place. */
export function plain(text: string): StaticValue {
  return { text, kind: "text", located: false };
}

/** A place. */
export function place(kind: StaticValue["kind"], text: string): StaticValue {
  return { text, kind, located: true };
}

/** Strings, one after the other; undefined unless all are known and make a string or a place. */
export function concat(parts: readonly MaybeValue[]): MaybeValue {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  const joined = known.map((part) => part.text).join("");
  if (!known.some((part) => part.located)) return plain(joined);
  if (joined.startsWith("file:")) return place("href", joined);
  return path.isAbsolute(joined) ? place("path", joined) : undefined;
}

/** `path.join` or `path.resolve`, of parts that lead to a place. */
export function joinPath(name: "join" | "resolve", parts: readonly MaybeValue[]): MaybeValue {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length || !known.some((part) => part.kind === "path")) return undefined;
  const joined = path[name](...known.map((part) => part.text));
  return path.isAbsolute(joined) ? place("path", joined) : undefined;
}

/** `new URL(first, base)`, where it is a place. */
export function newUrl([first, base]: readonly MaybeValue[], count: number): MaybeValue {
  if (first === undefined || first.kind === "path") return undefined;
  if (count === 1) return first.located ? place("url", first.text) : undefined;
  if (base === undefined || !base.located || base.kind === "path") return undefined;
  const url = URL.parse(first.text, base.text);
  return url?.protocol === "file:" ? place("url", url.href) : undefined;
}

/** `url.href`, `url.pathname`, `url.toString()`. */
export function urlPart(value: MaybeValue, name: string): MaybeValue {
  if (name === "toString" && value?.kind !== "url") return value;
  if (value?.kind !== "url") return undefined;
  return name === "pathname" ? toPath(value) : place("href", value.text);
}

/** What a function of one argument makes of a place, by the function's name. */
export const conversions: ReadonlyMap<string, (value: StaticValue) => MaybeValue> = new Map([
  ["fileURLToPath", (value) => (value.kind === "path" ? undefined : toPath(value))],
  ["pathToFileURL", toUrl],
  ["dirname", (value) => changePath(value, (text) => path.dirname(text))],
  ["normalize", (value) => changePath(value, (text) => path.normalize(text))],
  ["realpathSync", (value) => changePath(value, (text) => text)],
  ["String", (value) => (value.kind === "url" ? place("href", value.text) : value)],
]);

/** The absolute path of a place. */
export function placePath({ kind, text }: StaticValue): string {
  return kind === "path" ? text : fileURLToPath(text);
}

function toPath(value: StaticValue): MaybeValue {
  return URL.canParse(value.text) ? place("path", fileURLToPath(value.text)) : undefined;
}

function toUrl(value: StaticValue): MaybeValue {
  return value.kind === "path" ? place("url", pathToFileURL(value.text).href) : undefined;
}

function changePath(value: StaticValue, change: (text: string) => string): MaybeValue {
  return value.kind === "path" ? place("path", change(value.text)) : undefined;
}
