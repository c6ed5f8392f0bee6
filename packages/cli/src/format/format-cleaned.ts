import { relative } from "node:path";

import type { Cleaned } from "@runnable/core/clean";

import { padText } from "../terminal/text-width.ts";
import type { FormatOptions } from "./format-options.ts";

const actionWidth = 10;

/** What was looked at: what was done to each, and below it why. Paths are relative to `directory`. */
export function formatCleaned(
  cleaned: readonly Cleaned[],
  { directory, ...options }: FormatOptions & { readonly directory: string },
): string {
  if (cleaned.length === 0) return "There is nothing to clean.\n";
  const indent = " ".repeat(actionWidth + 2);
  const lines = cleaned.flatMap(({ action, what, path, runId, attempt, why }) => {
    const number = attempt === undefined ? "" : `, attempt ${attempt}`;
    const of = runId === undefined ? "" : ` (${runId}${number})`;
    const place = path === undefined ? "" : ` ${relative(directory, path)}`;
    return [
      `${marked(action, options)}  ${what}${place}`,
      options.style.dim(`${indent}${why}${of}`),
    ];
  });
  return `${lines.join("\n")}\n`;
}

function marked(action: Cleaned["action"], { style }: FormatOptions): string {
  const [text, colour] = looks[action];
  return style[colour](padText(text, actionWidth));
}

const looks = {
  removed: ["✓ removed", "green"],
  "would be removed": ["would go", "cyan"],
  kept: ["kept", "dim"],
  failed: ["✗ failed", "red"],
} as const;
