import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "@runnable/plugin";
import type { RunResult } from "./jobs/job.ts";
import { isRetryable, retryDelayMs } from "./jobs/retryable.ts";
import { concludeAttempt } from "./observe/conclude-attempt.ts";
import { followAttempt } from "./observe/follow-attempt.ts";
import { prepareRun, type PreparedRun } from "./prepare/prepare-run.ts";
import type { OutcomeRecord } from "./record/run-record.ts";
import type { RunObserver } from "./run-observer.ts";
import { runMeans } from "./run-means.ts";
import { submitAttempt, type AttemptOptions, type Submitted } from "./submit/submit-attempt.ts";

/** Which attempt is submitted; a further one keeps the run's nonce. */
export type SubmitOptions = Pick<AttemptOptions, "attempt" | "nonce" | "check">;

/** A run on a platform: submit, follow, record; again while a cause of the platform's own allows it. */
export function runRemote(run: PreparedRun, observer: RunObserver): Promise<RunResult> {
  return runRemoteAttempt(run, observer, { attempt: 1 });
}

/** The same from a later attempt on. */
export async function runRemoteAttempt(
  run: PreparedRun,
  observer: RunObserver,
  first: SubmitOptions,
): Promise<RunResult> {
  const submitted = await submit(run, observer, first);
  observer.onState?.("submitted");
  if (run.request.detach) return detached(submitted);
  return followRun(run, submitted, observer);
}

/** Follows a submission that was found again; further attempts need the job's file, as it is now. */
export async function followSubmitted(submitted: Submitted, observer: RunObserver): Promise<RunResult> {
  const { entry } = submitted;
  if ((entry.retries?.limit ?? 0) === 0) return followRun(undefined, submitted, observer);
  const request = {
    runId: entry.runId,
    reference: entry.job,
    parameters: entry.parameters,
    executor: entry.executorType,
    ...(entry.configFile === undefined ? {} : { configFile: entry.configFile }),
  };
  const run = await prepareRun(request, observer, runMeans).catch(() => undefined);
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
  attempt: SubmitOptions,
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
