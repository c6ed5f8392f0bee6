import type { RunResult } from "@runnable/core";

/** Where nobody knows what the job did: `EX_TEMPFAIL` of sysexits.h, another try may help. */
const lostStatus = 75;

/** The exit code of the command that waited for a run: the job's own; never 0 unless it succeeded. */
export function exitCodeOf({ status, exitCode }: Pick<RunResult, "status" | "exitCode">): number {
  if (status === "succeeded") return 0;
  return status === "lost" ? lostStatus : exitCode || 1;
}
