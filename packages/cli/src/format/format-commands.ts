import { padText, textWidth } from "../terminal/text-width.ts";
import type { FormatOptions } from "./format-options.ts";

/** Commands worth trying next, each with what it does where there is room for that. */
export function formatCommands(
  commands: readonly (readonly [command: string, does: string])[],
  { style, columns }: FormatOptions,
): readonly string[] {
  const width = Math.max(...commands.map(([command]) => textWidth(command)));
  const roomy = commands.every(([, does]) => width + textWidth(does) + 6 <= columns);
  const lines = commands.map(([command, does]) =>
    roomy ? `${style.cyan(padText(command, width))}  ${style.dim(does)}` : style.cyan(command),
  );
  return [style.dim("  next"), ...lines.map((line) => `    ${line}`)];
}
