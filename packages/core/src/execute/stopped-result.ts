import type { JobResult } from "./job-result.ts";

/** The result of a job that was told to stop: `timeout` when the signal's reason is `"timeout"` or a TimeoutError, else cancelled. */
export function stoppedResult(signal: AbortSignal): JobResult {
  const reason: unknown = signal.reason;
  const timedOut =
    reason === "timeout" || (reason instanceof Error && reason.name === "TimeoutError");
  return timedOut
    ? {
        status: "failed",
        cause: "timeout",
        exitCode: 124,
        error: { name: "TimeoutError", message: "the job ran longer than its timeout" },
        returns: {},
        metrics: {},
      }
    : { status: "cancelled", cause: "cancelled", exitCode: 130, returns: {}, metrics: {} };
}
