import type { HealthFinding } from "@runnable/core/doctor";

import { padText, wrapText } from "../terminal/text-width.ts";
import type { FormatOptions } from "./format-options.ts";

/** Checks are padded to it, so that details line up while they come one by one. */
const checkWidth = 20;

/** One finding: `✓ check  detail`, and the remedy below. */
export function formatFinding(
  { check, status, detail = "", remedy }: HealthFinding,
  { style, columns }: FormatOptions,
): string {
  const { symbol, colour } = looks[status];
  const indent = " ".repeat(checkWidth + 4);
  const room = Math.max(20, columns - indent.length);
  const [first = "", ...rest] = detail.split("\n").flatMap((line) => wrapText(line, room));
  const remedies = remedy === undefined ? [] : wrapText(remedy, room);
  const lines = [
    `${style[colour](symbol)} ${padText(check, checkWidth)}  ${first}`.trimEnd(),
    ...rest.map((line) => indent + line),
    ...remedies.map((line) => indent + style.cyan(line)),
  ];
  return `${lines.join("\n")}\n`;
}

/** How it looks in all. */
export function formatHealth(
  findings: readonly HealthFinding[],
  { style }: Pick<FormatOptions, "style">,
): string {
  const failed = count(findings, "failed", "problem");
  const warned = count(findings, "warning", "warning");
  const both = [failed, warned].filter((text) => text !== "").join(", ");
  if (failed !== "") return `${style.red("✗")} ${both}\n`;
  if (warned !== "") return `${style.yellow("!")} ${warned}; runs will go\n`;
  return `${style.green("✓")} all is well\n`;
}

function count(
  findings: readonly HealthFinding[],
  status: HealthFinding["status"],
  word: string,
): string {
  const number = findings.filter((finding) => finding.status === status).length;
  return number === 0 ? "" : `${number} ${word}${number === 1 ? "" : "s"}`;
}

const looks = {
  ok: { symbol: "✓", colour: "green" },
  warning: { symbol: "!", colour: "yellow" },
  failed: { symbol: "✗", colour: "red" },
  skipped: { symbol: "–", colour: "dim" },
} as const;
