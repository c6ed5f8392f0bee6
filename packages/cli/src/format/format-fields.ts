import { padText, textWidth, wrapText } from "../terminal/text-width.ts";
import type { FormatOptions } from "./format-options.ts";

/** A name and what belongs to it: text that is wrapped, or lines that stay as they are. Empty: left out. */
export type Field = readonly [name: string, value: string | readonly string[]];

/** Names are at least so wide, so that short pages look alike. */
const narrowest = 9;

/** Lines of names and values in two columns, indented by two. */
export function formatFields(fields: readonly Field[], options: FormatOptions): readonly string[] {
  return formatFieldGroups([fields], options).flat();
}

/** Lines of each group of fields; the values of all groups line up. A group without values has no lines. */
export function formatFieldGroups(
  groups: readonly (readonly Field[])[],
  { style, columns }: FormatOptions,
): readonly (readonly string[])[] {
  const kept = groups.map((fields) => fields.filter(([, value]) => value.length > 0));
  const width = Math.max(narrowest, ...kept.flat().map(([name]) => textWidth(name)));
  const indent = width + 4;
  return kept.map((fields) =>
    fields.flatMap(([name, value]) => {
      const lines = typeof value === "string" ? wrapText(value, columns - indent) : value;
      return lines.map((line, index) => {
        const label = index === 0 ? style.dim(padText(name, width)) : " ".repeat(width);
        return `  ${label}  ${line}`.trimEnd();
      });
    }),
  );
}
