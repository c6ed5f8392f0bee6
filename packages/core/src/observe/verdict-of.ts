import { constants } from "node:os";

import type { Cause, OutcomeError, PlatformStatus } from "@runnable/plugin";

import type { OutcomeRecord } from "../record/run-record.ts";
import type { Submitted } from "../submit/submit-attempt.ts";

/** What is known when a job is gone without a word of its own. */
export interface Circumstances {
  /** Last lines of the log that are no frames: the platform's own. */
  readonly foreign: readonly string[];
  /** The user had asked to stop it. */
  readonly cancelled: boolean;
}

/**
 * The outcome when neither record nor receipt came: the platform's word, never a success. A platform that knows a cause makes
 * it a failure (or a cancellation); one that does not leaves the run lost, unless the user wanted its end.
 */
export function verdictOf(
  { entry }: Submitted,
  status: PlatformStatus,
  { foreign, cancelled }: Circumstances,
): OutcomeRecord {
  const base = {
    runId: entry.runId,
    attempt: entry.attempt,
    returns: {},
    metrics: {},
    catalog: [],
    endedAt: new Date().toISOString(),
    by: "submitter" as const,
    evidence: { platform: { ...status }, ...(foreign.length > 0 ? { lastWords: foreign } : {}) },
  };
  // A platform that says no more than that it ended the job did what the user asked for.
  const knownCause =
    status.state === "ended" && status.cause !== undefined && status.cause !== "platform";
  if (cancelled && !knownCause) {
    return {
      ...base,
      status: "cancelled",
      cause: "cancelled",
      exitCode: 130,
      error: {
        name: "Cancelled",
        message: "the run was cancelled, and killed before it could tell its outcome",
      },
    };
  }
  if (status.state !== "ended") {
    return {
      ...base,
      status: "lost",
      cause: "node_lost",
      error: gone(entry.executorType, status.detail),
    };
  }
  const cause: Cause = status.cause ?? "unknown";
  const exitCode = status.signal === undefined ? status.exitCode : signalStatus(status.signal);
  return {
    ...base,
    status: statusOf(cause),
    cause,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(status.signal === undefined ? {} : { signal: status.signal }),
    error: silent(entry.executorType, status, foreign),
  };
}

function statusOf(cause: Cause): OutcomeRecord["status"] {
  if (cause === "cancelled") return "cancelled";
  return cause === "unknown" ? "lost" : "failed";
}

function signalStatus(signal: string): number {
  const numbers: { readonly [name: string]: number } = constants.signals;
  return 128 + (numbers[signal] ?? 0);
}

function gone(executor: string, detail: string | undefined): OutcomeError {
  return {
    name: "Gone",
    message: `${executor} no longer has the job, and it left no outcome${detail === undefined ? "" : ` (${detail})`}`,
    remedy: "`runnable retry` starts another attempt.",
  };
}

function silent(
  executor: string,
  status: PlatformStatus & { readonly state: "ended" },
  foreign: readonly string[],
): OutcomeError {
  const how = status.signal ?? (status.exitCode === undefined ? "" : `status ${status.exitCode}`);
  const words = lastWords(foreign);
  const said = [status.detail, words].filter((text) => text).join("; ");
  return {
    name: "NoOutcome",
    message: `${executor} ended the job${how && ` (${how})`} before it could tell its outcome${said && `: ${said}`}`,
    remedy:
      status.remedy ??
      "`runnable logs` shows what it printed; `runnable retry` starts another attempt.",
  };
}

/** What the platform or a program printed last; the line that names an error says more than the stack below it. */
function lastWords(foreign: readonly string[]): string {
  const named = foreign.find((line) => /^\w*Error\b/.test(line));
  const last = foreign.slice(-3).filter((line) => line !== named);
  return [...(named === undefined ? [] : [named]), ...last].join(" / ").slice(0, 500);
}
