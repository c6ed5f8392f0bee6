import type { Log } from "@runnable/plugin";
import type { RunResult } from "./jobs/job.ts";
import { isRetryable, retryDelayMs } from "./jobs/retryable.ts";
import { concludeAttempt } from "./observe/conclude-attempt.ts";
import { followAttempt } from "./observe/follow-attempt.ts";
import type { PreparedRun } from "./prepare-run.ts";
import type { OutcomeRecord } from "./record/run-record.ts";
import type { RunObserver } from "./run-observer.ts";
import { submitAttempt, type Submitted } from "./submit/submit-attempt.ts";
import { setTimeout as sleep } from "node:timers/promises";

/** A run on a platform: submit, follow, record; again while a cause of the platform's own allows it. */
export async function runRemote(run: PreparedRun, observer: RunObserver): Promise<RunResult> {
  const submitted = await submit(run, observer, { attempt: 1 });
  observer.onState?.("submitted");
  if (run.request.detach) return detached(submitted);
  return followRun(run, submitted, observer);
}

/** Follows a submitted run to its end. `run` serves further attempts; without it (another machine's run) there are none. */
export async function followRun(
  run: PreparedRun | undefined,
  first: Submitted,
  observer: RunObserver,
): Promise<RunResult> {
  const started = performance.now();
  const cancel = run?.request.signal;
  let submitted = first;
  for (;;) {
    const news = await followAttempt(submitted, observer, cancel);
    const delayMs = run && delayBefore(run, news.outcome, performance.now() - started);
    const retrying = delayMs !== undefined && !cancel?.aborted;
    const outcome = await concludeAttempt(submitted, news, { retrying, observer });
    await submitted.release();
    if (!retrying || !run) return { ...outcome, runId: submitted.entry.runId };
    observer.onNotice?.(
      `attempt ${outcome.attempt} ended (${outcome.cause}); next in ${Math.ceil(delayMs / 1000)} s`,
    );
    await sleep(delayMs);
    const { nonce } = submitted.entry;
    submitted = await submit(run, observer, { attempt: outcome.attempt + 1, nonce });
  }
}

/** The job side tries the job's own causes again; what ends it from outside is tried again here. */
function delayBefore(
  { facts }: PreparedRun,
  outcome: OutcomeRecord,
  elapsedMs: number,
): number | undefined {
  if (outcome.by === "job" || outcome.status === "succeeded" || outcome.status === "cancelled") return undefined;
  const { retries, deadlineMs } = facts;
  if (outcome.attempt > retries.limit || !isRetryable(outcome.cause ?? "unknown", retries)) return undefined;
  const delayMs = retryDelayMs(outcome.attempt, Math.random());
  return deadlineMs !== undefined && elapsedMs + delayMs >= deadlineMs ? undefined : delayMs;
}

function submit(
  run: PreparedRun,
  observer: RunObserver,
  attempt: { readonly attempt: number; readonly nonce?: string },
): Promise<Submitted> {
  const log: Log = (message) => observer.onNotice?.(message);
  // The call's own signal: cancelling a run asks the platform, it doesn't cut our calls.
  return submitAttempt(run, { ...attempt, signal: new AbortController().signal, log });
}

async function detached({ entry, release }: Submitted): Promise<RunResult> {
  await release();
  return {
    runId: entry.runId,
    attempt: entry.attempt,
    status: "succeeded",
    returns: {},
    metrics: {},
    catalog: [],
    endedAt: "",
    by: "submitter",
  };
}
