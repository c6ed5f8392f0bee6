import type { Style } from "../terminal/style.ts";

/**
 * The text of an error in colours: `error[CODE]:` at the beginning of a line, and places (`file.yaml:4:5`) at the beginning of
 * an indented one. The words stay as they are.
 */
export function formatErrorText(text: string, style: Style): string {
  return text
    .replace(/^(?:error|warning)(?:\[[A-Z_]+\])?:/gm, (head) =>
      style.bold(head.startsWith("error") ? style.red(head) : style.yellow(head)),
    )
    .replace(
      /^( +)([^\s:]+:\d+(?::\d+)?)/gm,
      (_, indent: string, place: string) => indent + style.cyan(place),
    );
}
