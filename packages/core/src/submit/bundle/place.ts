import { placePath, type StaticValue } from "./static-value.ts";

/** Specifier of the virtual module that knows where the bundle lies; see {@link placeModule}. */
export const placeSpecifier = "runnable:place";

/** `file`: where a file of the submitter is laid beside the bundle. `module`: the bundle that a module of the submitter became. */
export type PlaceKind = "file" | "module";

const token = /["'`]runnable-(file|module):([\w-]*)["'`]/gu;

/**
 * Source text of an expression that gives the new place of a file, as the kind of value that the old expression gave.
 * The place itself is filled in by {@link fillPlaces}, once all files are known.
 */
export function placeExpression(kind: PlaceKind, value: StaticValue): string {
  const name = value.kind === "text" ? "path" : value.kind;
  const file = Buffer.from(placePath(value)).toString("base64url");
  return `__runnable_${name}("runnable-${kind}:${file}")`;
}

/** The names that {@link placeExpression} uses, for a module of each kind. */
export const placePrelude: { readonly module: string; readonly commonjs: string } = {
  module: `import { path as __runnable_path, href as __runnable_href, url as __runnable_url, target as __runnable_target } from "${placeSpecifier}";`,
  commonjs: `var { path: __runnable_path, href: __runnable_href, url: __runnable_url, target: __runnable_target } = require("${placeSpecifier}");`,
};

/**
 * Source of the virtual module: places are relative to `root`, itself relative to the bundle's directory. `target` is what
 * `import()` would resolve to, were it called by the module at a place.
 */
export function placeModule(root: string): string {
  return `import { createRequire } from "node:module";
import { isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
export const path = (place) => resolve(import.meta.dirname, ${JSON.stringify(root)}, place);
export const url = (place) => pathToFileURL(path(place));
export const href = (place) => url(place).href;
export const target = (place, specifier) => {
  if (/^\\.{0,2}\\//.test(specifier)) return new URL(specifier, href(place)).href;
  try {
    const found = createRequire(path(place)).resolve(specifier);
    return isAbsolute(found) ? pathToFileURL(found).href : found;
  } catch {
    return specifier;
  }
};
`;
}

/** Fills in the places of a bundle's text; `placeOf` gets the submitter's absolute path. */
export function fillPlaces(
  code: string,
  placeOf: (place: PlaceKind, file: string) => string,
): string {
  return code.replace(token, (_, kind: PlaceKind, file: string) =>
    JSON.stringify(placeOf(kind, decode(file))),
  );
}

/** The submitter's files that a bundle's text names. */
export function namedFiles(code: string): readonly string[] {
  return [...code.matchAll(token)].map(([, , file = ""]) => decode(file));
}

function decode(file: string): string {
  return Buffer.from(file, "base64url").toString();
}
