import { constants } from "node:os";

import type { RunLog } from "@runnable/plugin";

import type { Redactor } from "../output/redactor.ts";
import type { OutcomeRecord } from "../record/run-record.ts";
import { toJson } from "../record/to-json.ts";
import { redactThrown } from "./redact-thrown.ts";

const interrupts = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Sudden ends of this process, told while a job runs in it. */
export interface SuddenEnd {
  /** Aborted at the first interrupt. */
  readonly signal: AbortSignal;
  /** The job has ended by itself: an interrupt now waits until that is recorded. */
  readonly jobDone: () => void;
  readonly release: () => void;
}

/** The attempt that would end with this process. */
export interface EndingAttempt {
  readonly runId: string;
  readonly attempt: number;
  readonly startedAt: Date;
  readonly redact: Redactor;
  readonly onInterrupt: () => void;
  /** Called first of all when the process ends. */
  readonly onEnd: () => void;
}

/**
 * Records `process.exit`, uncaught errors and a second interrupt at once, from the exit handler: after it there is no later. The
 * first interrupt aborts `signal` and leaves the job to end by itself.
 */
export function recordSuddenEnd(runLog: RunLog, attempt: EndingAttempt): SuddenEnd {
  const controller = new AbortController();
  let uncaught: Error | undefined;
  const onUncaught = (error: Error) => {
    redactThrown(error, attempt.redact);
    uncaught = error;
  };
  const onExit = (exitCode: number) => {
    attempt.onEnd();
    const outcome = suddenOutcome(attempt, exitCode, {
      uncaught,
      interrupted: controller.signal.aborted,
    });
    const { runId } = attempt;
    runLog.createSync?.({ runId, fact: "outcome", attempt: outcome.attempt }, toJson(outcome));
    runLog.createSync?.({ runId, fact: "outcome" }, toJson(outcome));
    if (exitCode === 0) process.exitCode = 1;
  };
  let done = false;
  const onSignal = (name: NodeJS.Signals) => {
    if (done) return;
    // A job that does not end by itself ends with the process; the exit handler records it.
    // oxlint-disable-next-line unicorn/no-process-exit -- nothing else ends a job that never yields
    if (controller.signal.aborted) process.exit(128 + constants.signals[name]);
    controller.abort("cancelled");
    attempt.onInterrupt();
  };
  process.on("exit", onExit).on("uncaughtExceptionMonitor", onUncaught);
  for (const name of interrupts) process.on(name, onSignal);
  return {
    signal: controller.signal,
    jobDone: () => {
      done = true;
      process.off("exit", onExit).off("uncaughtExceptionMonitor", onUncaught);
    },
    release: () => {
      for (const name of interrupts) process.off(name, onSignal);
    },
  };
}

function suddenOutcome(
  { runId, attempt, startedAt }: EndingAttempt,
  exitCode: number,
  {
    uncaught,
    interrupted,
  }: { readonly uncaught: Error | undefined; readonly interrupted: boolean },
): OutcomeRecord {
  const endedAt = new Date();
  const { name, message, stack } = uncaught ?? {
    name: interrupted ? "Cancelled" : "Exited",
    message: interrupted
      ? "the run was interrupted twice"
      : `the process ended with status ${exitCode} before the job returned`,
    stack: undefined,
  };
  return {
    runId,
    attempt,
    status: interrupted ? "cancelled" : "failed",
    cause: interrupted ? "cancelled" : "user_error",
    exitCode: exitCode === 0 ? 1 : exitCode,
    error: { name, message, ...(stack === undefined ? {} : { stack }) },
    returns: {},
    metrics: {},
    catalog: [],
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    durationMs: endedAt.getTime() - startedAt.getTime(),
    by: "job",
  };
}
