import type { RunResult } from "@runnable/core";

/** How a run ended, as one line of JSON with the same keys for every run; `cause` and `exitCode` are null where there is none. */
export function resultLine(result: RunResult): string {
  const { runId, status, cause = null, exitCode = null, attempt, returns, metrics } = result;
  const catalog = result.catalog.map(({ path, digest, bytes }) => ({ path, digest, bytes }));
  return `${JSON.stringify({ runId, status, cause, exitCode, attempt, returns, metrics, catalog })}\n`;
}
