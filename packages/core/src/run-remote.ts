import { setTimeout as sleep } from "node:timers/promises";

import type { Log } from "@runnable/plugin";

import type { RunResult } from "./jobs/job.ts";
import { isRetryable, retryDelayMs } from "./jobs/retryable.ts";
import { concludeAttempt, concludeCancelled } from "./observe/conclude-attempt.ts";
import { followAttempt } from "./observe/follow-attempt.ts";
import { listenForInterrupts, noInterrupts, type Interrupts } from "./observe/interrupts.ts";
import { prepareRun, type PreparedRun } from "./prepare/prepare-run.ts";
import { withRunDuration } from "./record/run-duration.ts";
import type { OutcomeRecord } from "./record/run-record.ts";
import { runMeans } from "./run-means.ts";
import type { RunObserver } from "./run-observer.ts";
import type { AttemptOptions } from "./submit/attempt-options.ts";
import { submitAttempt, type Submitted } from "./submit/submit-attempt.ts";

/** Which attempt is submitted; a further one keeps the run's nonce. */
export type SubmitOptions = Pick<AttemptOptions, "attempt" | "nonce" | "check" | "elapsedMs">;

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
  const { runId, request } = run;
  const onNotice = (message: string) => observer.onNotice?.(message);
  const interrupts = listenForInterrupts({ runId, cancel: request.signal, onNotice });
  try {
    const means = { observer, interrupts };
    const submitted = await interrupts.unlessLeft(submit(run, first, means));
    observer.onState?.("submitted");
    return request.detach ? await detached(submitted) : await followRun(run, submitted, means);
  } finally {
    interrupts.release();
  }
}

/** Follows a submission that was found again; further attempts need the job's file, as it is now. `cancelled`: it was asked to stop. */
export async function followSubmitted(
  submitted: Submitted,
  observer: RunObserver,
  { cancelled = false }: { readonly cancelled?: boolean } = {},
): Promise<RunResult> {
  const { entry } = submitted;
  const means = { observer, interrupts: noInterrupts(cancelled) };
  if ((entry.retries?.limit ?? 0) === 0) return followRun(undefined, submitted, means);
  const request = {
    runId: entry.runId,
    reference: entry.job,
    parameters: entry.parameters,
    executor: entry.executorType,
    ...(entry.configFile === undefined ? {} : { configFile: entry.configFile }),
  };
  const run = await prepareRun(request, observer, runMeans).catch(() => undefined);
  return followRun(run, submitted, means);
}

/** Whom to tell, and who may stop a run. */
interface FollowMeans {
  readonly observer: RunObserver;
  readonly interrupts: Interrupts;
}

/** Follows a submitted run to its end. `run` serves further attempts; without it (another machine's run) there are none. */
async function followRun(
  run: PreparedRun | undefined,
  first: Submitted,
  means: FollowMeans,
): Promise<RunResult> {
  const started = performance.now();
  const { observer, interrupts } = means;
  let submitted = first;
  for (;;) {
    const news = await interrupts.unlessLeft(followAttempt(submitted, observer, interrupts));
    const delayMs = run && delayBefore(run, news.outcome, performance.now() - started);
    const retrying = delayMs !== undefined && !interrupts.wasStopped();
    const outcome = await concludeAttempt(submitted, news, { retrying, observer });
    const { release, entry } = submitted;
    if (!retrying || !run) {
      const result = await withRunDuration(submitted.runLog, outcome, news.earlier);
      await release();
      return result;
    }
    observer.onNotice?.(
      `attempt ${outcome.attempt} ended (${outcome.cause}); next in ${Math.ceil(delayMs / 1000)} s`,
    );
    await sleep(delayMs, undefined, { signal: interrupts.stop }).catch(() => undefined);
    if (interrupts.stop.aborted) {
      try {
        return await concludeCancelled(submitted, outcome);
      } finally {
        await release();
      }
    }
    const elapsedMs = performance.now() - started;
    const next = { attempt: outcome.attempt + 1, nonce: entry.nonce, elapsedMs };
    submitted = await interrupts.unlessLeft(submit(run, next, means));
    await release();
  }
}

/** The job side tries the job's own causes again; what ends it from outside is tried again here. */
function delayBefore(
  { facts }: PreparedRun,
  outcome: OutcomeRecord,
  elapsedMs: number,
): number | undefined {
  if (outcome.by === "job" || outcome.status === "succeeded" || outcome.status === "cancelled") {
    return undefined;
  }
  const { retries, deadlineMs } = facts;
  if (outcome.attempt > retries.limit || !isRetryable(outcome.cause ?? "unknown", retries)) {
    return undefined;
  }
  const delayMs = retryDelayMs(outcome.attempt, Math.random());
  return deadlineMs !== undefined && elapsedMs + delayMs >= deadlineMs ? undefined : delayMs;
}

function submit(
  run: PreparedRun,
  attempt: SubmitOptions,
  { observer, interrupts }: FollowMeans,
): Promise<Submitted> {
  const log: Log = (message) => observer.onNotice?.(message);
  const { stop, leave: signal } = interrupts;
  return submitAttempt(run, { ...attempt, stop, signal, log });
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
