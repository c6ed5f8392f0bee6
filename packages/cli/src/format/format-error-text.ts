import type { Style } from "../terminal/style.ts";
import { wrapText } from "../terminal/text-width.ts";

/**
 * The text of an error in colours: `error[CODE]:` at the beginning of a line, and places (`file.yaml:4:5`) at the beginning of
 * an indented one. The words stay as they are; in a terminal of so many columns lines are broken between them.
 */
export function formatErrorText(text: string, style: Style, columns?: number): string {
  const lines = text.split("\n");
  const wrapped = columns === undefined ? lines : lines.flatMap((line) => wrapLine(line, columns));
  return wrapped
    .join("\n")
    .replace(/^(?:error|warning)(?:\[[A-Z_]+\])?:/gm, (head) =>
      style.bold(head.startsWith("error") ? style.red(head) : style.yellow(head)),
    )
    .replace(
      /^( +)([^\s:]+:\d+(?::\d+)?)/gm,
      (_, indent: string, place: string) => indent + style.cyan(place),
    );
}

/** What goes on below is indented further. A line with a command stays whole, so that it can be copied. */
function wrapLine(line: string, columns: number): readonly string[] {
  if (line.length <= columns || line.includes("Run: ")) return [line];
  const indent = /^ */u.exec(line)?.[0] ?? "";
  const parts = wrapText(line.slice(indent.length), Math.max(20, columns - indent.length - 2));
  return parts.map((part, index) => `${indent}${index === 0 ? "" : "  "}${part}`);
}
