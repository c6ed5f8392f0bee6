import type { Cause } from "@runnable/plugin";

import type { OutcomeRecord } from "./run-record.ts";

/** Outcome of an attempt that is gone without a word. Written only when the platform, or pid + start time + boot id, says so. */
export function lostOutcome(
  { runId, attempt }: { readonly runId: string; readonly attempt: number },
  cause: Cause,
  message = "its process is gone and left no outcome",
): OutcomeRecord {
  return {
    runId,
    attempt,
    status: "lost",
    cause,
    error: { name: "Lost", message },
    returns: {},
    metrics: {},
    catalog: [],
    endedAt: new Date().toISOString(),
    by: "submitter",
  };
}
