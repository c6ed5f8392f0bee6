import type { OutcomeRecord } from "./run-record.ts";

/** Outcome of a run that was cancelled between two attempts. `last` is the outcome of the attempt before, which stays as it is. */
export function cancelledOutcome(last: OutcomeRecord): OutcomeRecord {
  return {
    ...last,
    status: "cancelled",
    cause: "cancelled",
    exitCode: 130,
    error: { name: "Cancelled", message: "the run was cancelled before its next attempt" },
  };
}
