import { setTimeout as sleep } from "node:timers/promises";

import type { JobFacts } from "../jobs/job-facts.ts";
import { isRetryable, retryDelayMs } from "../jobs/retryable.ts";
import { cancelledOutcome } from "../record/cancelled-outcome.ts";
import type { OutcomeRecord } from "../record/run-record.ts";
import type { Allocation } from "./allocation.ts";
import { claimAttempt } from "./claim-attempt.ts";
import { runAttempt } from "./run-attempt.ts";
import { startProcess, type SupervisedProcess } from "./supervised-process.ts";

/** All attempts of this allocation; the last is the run's. */
export interface AttemptsEnd {
  readonly last: OutcomeRecord;
  readonly earlier: readonly OutcomeRecord[];
  /** False when another process had recorded an outcome before us. */
  readonly recorded: boolean;
}

/** Runs attempts until one succeeds, or its cause or the job's limits forbid another. */
export async function runAttempts(
  allocation: Allocation,
  first: { readonly attempt: number; readonly process: SupervisedProcess },
): Promise<AttemptsEnd> {
  const earlier: OutcomeRecord[] = [];
  let { attempt, process } = first;
  for (;;) {
    const { outcome, facts } = await runAttempt(allocation, attempt, process);
    const delayMs = delayBefore(attempt + 1, {
      outcome,
      facts,
      remainingMs: allocation.remainingMs(facts?.deadlineMs),
    });
    const again = delayMs !== undefined && allocation.stopper.reason() !== "cancelled";
    const record = again ? { ...outcome, retrying: true } : outcome;
    const recorded = await keep(allocation, record);
    if (!again || !recorded) return { last: outcome, earlier, recorded };
    earlier.push(record);
    allocation.output.say(
      `attempt ${attempt} failed (${outcome.cause}); next in ${Math.ceil(delayMs / 1000)} s`,
    );
    allocation.stopper.nextAttempt();
    const { stopped } = allocation.stopper;
    await sleep(delayMs, undefined, { signal: stopped }).catch(() => undefined);
    if (stopped.aborted) return { last: cancelledOutcome(outcome), earlier, recorded };
    attempt = await claimNext(allocation, attempt + 1);
    process = startProcess(allocation.childEntry, allocation.env);
  }
}

/** Milliseconds to wait before that attempt; undefined when there is to be none. */
function delayBefore(
  attempt: number,
  {
    outcome,
    facts,
    remainingMs = Infinity,
  }: {
    readonly outcome: OutcomeRecord;
    readonly facts: JobFacts | undefined;
    readonly remainingMs: number | undefined;
  },
): number | undefined {
  if (outcome.status !== "failed" || facts === undefined) return undefined;
  const { retries } = facts;
  if (attempt - 1 > retries.limit || !isRetryable(outcome.cause ?? "unknown", retries)) {
    return undefined;
  }
  const delayMs = retryDelayMs(attempt - 1, Math.random());
  return delayMs >= remainingMs ? undefined : delayMs;
}

async function keep({ runLog }: Allocation, outcome: OutcomeRecord): Promise<boolean> {
  if (!runLog) return true;
  if (await runLog.records.createAttemptOutcome(outcome)) return true;
  await runLog.records.createLateOutcome(outcome);
  return false;
}

async function claimNext({ runLog, claimant }: Allocation, attempt: number): Promise<number> {
  if (!runLog) return attempt;
  return claimAttempt(runLog.records, attempt, { ...claimant, restarts: false, limit: attempt });
}
