import { constants } from "node:os";

import type { JobResult } from "./job-result.ts";
import type { StopReason } from "./stopper.ts";
import type { ProcessEnd } from "./supervised-process.ts";

/**
 * What an attempt came to, from what the process told, how it ended, whether we stopped it, and whether it was killed while the
 * kernel killed for memory.
 */
export function attemptResult(
  end: ProcessEnd,
  stopped: StopReason | undefined,
  outOfMemory: boolean,
): JobResult {
  if (end.result?.status === "succeeded") return end.result;
  if (stopped !== undefined) return stoppedResult(end, stopped);
  if (end.result === undefined) return deathResult(end, outOfMemory);
  return outOfMemory ? { ...end.result, cause: "oom", error: outOfMemoryError } : end.result;
}

function stoppedResult(end: ProcessEnd, stopped: StopReason): JobResult {
  const timeout = stopped === "timeout";
  return {
    returns: {},
    metrics: end.result?.metrics ?? {},
    status: timeout ? "failed" : "cancelled",
    cause: timeout ? "timeout" : stopped === "fenced" ? "duplicate" : "cancelled",
    exitCode: timeout ? 124 : 130,
    ...(end.signal === null ? {} : { signal: end.signal }),
    error: timeout
      ? {
          name: "Timeout",
          message: "the job took longer than its timeout",
          remedy: "Raise `timeout` in the job.",
        }
      : {
          name: "Cancelled",
          // A signal does not say who sent it.
          message:
            "the run was cancelled: its process was asked to stop, by Ctrl-C, `runnable cancel` or its platform",
        },
  };
}

function deathResult(end: ProcessEnd, outOfMemory: boolean): JobResult {
  const { signal } = end;
  const exitCode = signal === null ? (end.exitCode ?? 1) : 128 + (constants.signals[signal] ?? 0);
  return {
    returns: {},
    metrics: {},
    status: "failed",
    cause: outOfMemory ? "oom" : "user_error",
    // A job that leaves with 0 before its function returned did not do its work.
    exitCode: exitCode === 0 ? 1 : exitCode,
    ...(signal === null ? {} : { signal }),
    error: outOfMemory ? outOfMemoryError : deathError(end),
  };
}

const outOfMemoryError = {
  name: "OutOfMemory",
  message: "the job was killed for using more memory than it may",
  remedy: "Give it more memory in the executor's config, or use less.",
};

function deathError({ exitCode, signal }: ProcessEnd): { name: string; message: string } {
  if (signal !== null) return { name: "Killed", message: `the job was killed by ${signal}` };
  return {
    name: "Exited",
    message: `the job's process ended with status ${exitCode} before the job returned`,
  };
}
