import { formatErrorText } from "../format/format-error-text.ts";
import { createStyle, wantsColour } from "./style.ts";

/** Writes errors and warnings to standard error, for the terminal where it is one. The newline at the end is added. */
export function writeErrorText(text: string): void {
  const { stderr } = process;
  const style = createStyle(wantsColour(stderr, process.env));
  stderr.write(`${formatErrorText(text, style, stderr.isTTY ? stderr.columns : undefined)}\n`);
}
