import { closeSync } from "node:fs";
import { constants } from "node:os";

import type { OutcomeError, RunLog } from "@runnable/plugin";

import { redactError } from "../execute/attempt-outcome.ts";
import { describeError } from "../execute/describe-error.ts";
import type { Redactor } from "../output/redactor.ts";
import type { OutcomeRecord } from "../record/run-record.ts";
import { toJson } from "../record/to-json.ts";
import { redactThrown } from "./redact-thrown.ts";
import { blockedLoop, watchBlockedLoop } from "./watch-blocked-loop.ts";

const interrupts = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Sudden ends of this process, told while a job runs in it. */
export interface SuddenEnd {
  /** Aborted at the first interrupt. */
  readonly signal: AbortSignal;
  /** Resolves once the job may begin: an interrupt will be heard also if it never yields. */
  readonly ready: Promise<void>;
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
  /** Called last, with what was recorded. */
  readonly onRecorded: (outcome: OutcomeRecord) => void;
  /** True: `onRecorded` shows an uncaught error, so that Node.js need not. */
  readonly showsUncaught: boolean;
}

/**
 * Records `process.exit`, uncaught errors and a second interrupt at once, from the exit handler: after it there is no later. The
 * first interrupt aborts `signal` and leaves the job to end by itself.
 */
export function recordSuddenEnd(runLog: RunLog, attempt: EndingAttempt): SuddenEnd {
  const controller = new AbortController();
  let uncaught: OutcomeError | undefined;
  const onUncaught = (thrown: unknown) => {
    redactThrown(thrown, attempt.redact);
    uncaught = redactError(describeError(thrown), attempt.redact);
    // oxlint-disable-next-line unicorn/no-process-exit -- it ends in any case: Node.js would print the error once more
    if (attempt.showsUncaught && !isHandled()) process.exit(1);
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
    attempt.onRecorded(outcome);
  };
  let done = false;
  const watch = watchBlockedLoop();
  const onSignal = (name: NodeJS.Signals) => {
    watch.heard();
    if (done) return;
    // A job that does not end by itself ends with the process; the exit handler records it.
    // oxlint-disable-next-line unicorn/no-process-exit -- nothing else ends a job that never yields
    if (controller.signal.aborted) process.exit(128 + constants.signals[name]);
    controller.abort("cancelled");
    attempt.onInterrupt();
  };
  const onBlocked = () => {
    controller.abort("cancelled");
    onExit(128 + constants.signals.SIGINT);
    // Everything is told; the engine would add that it waits for a debugger, which is ours.
    closeSync(2);
    for (const name of interrupts) process.off(name, onSignal);
    process.kill(process.pid, "SIGINT");
  };
  process.on("exit", onExit).on("uncaughtExceptionMonitor", onUncaught).on(blockedLoop, onBlocked);
  for (const name of interrupts) process.on(name, onSignal);
  return {
    signal: controller.signal,
    ready: watch.ready,
    jobDone: () => {
      done = true;
      watch.release();
      process
        .off("exit", onExit)
        .off("uncaughtExceptionMonitor", onUncaught)
        .off(blockedLoop, onBlocked);
    },
    release: () => {
      for (const name of interrupts) process.off(name, onSignal);
    },
  };
}

/** Whether the job itself deals with uncaught errors: then they do not end the process. */
function isHandled(): boolean {
  return (
    process.listenerCount("uncaughtException") > 0 || process.hasUncaughtExceptionCaptureCallback()
  );
}

function suddenOutcome(
  { runId, attempt, startedAt }: EndingAttempt,
  exitCode: number,
  {
    uncaught,
    interrupted,
  }: { readonly uncaught: OutcomeError | undefined; readonly interrupted: boolean },
): OutcomeRecord {
  const endedAt = new Date();
  const error = uncaught ?? {
    name: interrupted ? "Cancelled" : "Exited",
    message: interrupted
      ? "the run was interrupted twice"
      : `the process ended with status ${exitCode} before the job returned`,
  };
  return {
    runId,
    attempt,
    status: interrupted ? "cancelled" : "failed",
    cause: interrupted ? "cancelled" : "user_error",
    exitCode: exitCode === 0 ? 1 : exitCode,
    error,
    returns: {},
    metrics: {},
    catalog: [],
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    durationMs: endedAt.getTime() - startedAt.getTime(),
    by: "job",
  };
}
