import { RunnableError } from "@runnable/plugin";

import type { Duration } from "./job.ts";

const millisecondsOf: { readonly [unit: string]: number } = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const parts = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d)\s*)+$/;
const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;

/**
 * A length of time in milliseconds, more than 0. A number is seconds; text needs units: `"90s"`, `"1h30m"`.
 * @throws RunnableError DURATION_INVALID when it is neither.
 */
export function parseDuration(value: Duration): number {
  const milliseconds = typeof value === "number" ? value * 1000 : parseText(value);
  if (Number.isFinite(milliseconds) && milliseconds > 0) return milliseconds;
  throw new RunnableError("DURATION_INVALID", `${JSON.stringify(value)} is not a length of time`, {
    hint: 'Write seconds as a number, or text with units such as "90s", "10m", "1h30m", "2d".',
    exitCode: 78,
  });
}

function parseText(text: unknown): number {
  if (typeof text !== "string" || !parts.test(text.trim())) return Number.NaN;
  return [...text.matchAll(part)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (millisecondsOf[unit ?? ""] ?? Number.NaN),
    0,
  );
}
