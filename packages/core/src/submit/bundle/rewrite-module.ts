import path from "node:path";

import type { TextRange } from "./module-syntax.ts";
import type { ParsedModule } from "./parse-module.ts";
import { placeExpression, placePrelude } from "./place.ts";
import { place } from "./static-value.ts";

/** Text for a part of a module; an empty part is a place to insert. */
export interface Edit extends TextRange {
  readonly text: string;
}

/** The module with its edits, and with `__dirname` and `__filename` as they are to be beside the bundle. Lines stay where they are. */
export function rewriteModule(module: ParsedModule, edits: readonly Edit[]): string | undefined {
  const { code, syntax } = module;
  const places = syntax.isModule ? "" : commonJsPlaces(module);
  if (edits.length === 0 && places === "") return undefined;
  const text = applyEdits(code, edits);
  if (syntax.isModule) return `${text}\n${placePrelude.module}\n`;
  const hashbang = /^#!.*\n/u.exec(text)?.[0] ?? "";
  return `${hashbang}${placePrelude.commonjs} ${places}${text.slice(hashbang.length)}`;
}

/** From the end, so that positions stay true; an insertion comes before what it begins with. */
function applyEdits(code: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code);
}

/** Variables of the same name hide the bundler's own, which tell the place of the bundle. */
function commonJsPlaces({ file, code, syntax }: ParsedModule): string {
  const places = [
    ["__filename", file],
    ["__dirname", path.dirname(file)],
  ] as const;
  return places
    .filter(([name]) => code.includes(name) && !syntax.declared.has(name))
    .map(([name, value]) => `var ${name} = ${placeExpression("file", place("path", value))}; `)
    .join("");
}
