import type { RunResult } from "@runnable/core";

import { nodeUtil } from "../terminal/node-util.ts";
import { wrapText } from "../terminal/text-width.ts";
import type { Field } from "./format-fields.ts";
import type { FormatOptions } from "./format-options.ts";
import { formatValue } from "./format-value.ts";

const mostLines = 8;
const mostFrames = 3;

/** Why a run did not succeed, as fields: its error with the user's own lines of the stack, the platform's evidence, the remedy. */
export function failureFields(
  { error, evidence }: Pick<RunResult, "error" | "evidence">,
  { style, columns }: FormatOptions,
): readonly Field[] {
  const room = columns - 14;
  const facts = Object.entries(evidence ?? {}).map(
    ([name, value]) => `${style.dim(`${name}:`)} ${formatValue(value, room - name.length - 2)}`,
  );
  if (error === undefined) return [["evidence", facts]];
  const title =
    error.name === "" || error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
  const message = wrapText(nodeUtil.stripVTControlCharacters(title), room).slice(0, mostLines);
  return [
    ["error", [...message.map(style.red), ...ownFrames(error.stack ?? "").map(style.dim)]],
    ["evidence", facts],
    ["remedy", error.remedy ?? ""],
  ];
}

/** Stack lines of the user's code: neither Node.js nor a dependency. */
function ownFrames(stack: string): readonly string[] {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line) && !/node:|[\\/]node_modules[\\/]/.test(line))
    .slice(0, mostFrames)
    .map((line) => line.trim().replace("file://", ""));
}
