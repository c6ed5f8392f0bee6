import type { PlatformStatus } from "@runnable/plugin";

import { concludeAttempt } from "../observe/conclude-attempt.ts";
import { followAttempt, type AttemptNews } from "../observe/follow-attempt.ts";
import { noInterrupts } from "../observe/interrupts.ts";
import { finalOutcome } from "../record/final-outcome.ts";
import type { OutcomeRecord } from "../record/run-record.ts";
import { runRecords } from "../record/run-records.ts";
import { toJson } from "../record/to-json.ts";
import type { RunObserver } from "../run-observer.ts";
import type { JournalEntry } from "../submit/journal-entry.ts";
import type { Submitted } from "../submit/submit-attempt.ts";
import { neverSubmitted, removeStage } from "./never-submitted.ts";
import type { Project } from "./open-project.ts";
import { reopenSubmission, type Reopened } from "./reopen-submission.ts";

/** What came of a look at a submission that nobody follows. */
export type Looked =
  /** The run has its outcome, and nothing of it is left on the platform. */
  | "concluded"
  /** It has its outcome; the platform keeps its output. */
  | "ended"
  /** The platform has it under way, or did not answer in time. */
  | "under way"
  /** It failed by the platform's fault and may have another attempt, which whoever attaches makes. */
  | "to be retried";

/** How a submission is looked at. */
export interface LookOptions {
  /** Aborted when the platform has had time enough to answer. */
  readonly signal: AbortSignal;
  /** See `ConcludeOptions`. */
  readonly keepOutput: boolean;
}

/** Output that nobody asked for is kept and not shown. */
const quiet: RunObserver = { onFrame: () => undefined };

/**
 * Does for a run what its client would have done at the end, if its platform says that it is over: collects, records, removes.
 * Every step may be done twice, so that a crash between two of them does no harm; the caller holds the run's lock.
 *
 * @throws RunnableError EXECUTOR_CHANGED, CONFIG_INVALID, and what the platform's client throws.
 */
export async function concludeEntry(
  project: Project,
  entry: JournalEntry,
  { signal, keepOutput }: LookOptions,
): Promise<Looked> {
  const { state, runId } = entry;
  const keeps = keepOutput && entry.owner === "job";
  if (keeps && state === "HANDLE" && entry.outcome) return "ended";
  if (state === "DONE") {
    await project.journal.remove(runId);
    await removeStage(project, entry);
    return "concluded";
  }
  const reopened = await reopenInTime(project, entry, signal);
  if (!reopened) return "under way";
  if (!reopened.found) {
    await neverSubmitted(project, entry);
    return "concluded";
  }
  const { submitted } = reopened;
  try {
    const news = await newsIfOver(submitted, signal);
    if (!news) return "under way";
    if (mayRetry(entry, news.outcome)) return "to be retried";
    if (keeps && submitted.entry.state !== "OUTCOME") {
      const { journal, entry: found, handle } = submitted;
      await journal.write({ ...found, state: "HANDLE", handle, outcome: toJson(news.outcome) });
      await removeStage(project, entry);
      return "ended";
    }
    await concludeAttempt(submitted, news, { retrying: false, observer: quiet });
    return "concluded";
  } finally {
    await submitted.release();
  }
}

/** Whether the platform says that a submission is over, which has a handle or an outcome; nothing is changed. False when it does not answer in time. */
export async function isOver(
  project: Project,
  entry: JournalEntry,
  signal: AbortSignal,
): Promise<boolean> {
  if (entry.state === "DONE" || entry.outcome) return true;
  const reopened = await reopenInTime(project, entry, signal);
  if (!reopened?.found) return false;
  try {
    const status = await statusOf(reopened.submitted, { signal, untilEnd: false });
    return status?.state === "ended" || status?.state === "gone";
  } finally {
    await reopened.submitted.release();
  }
}

/** Undefined when the platform's client is not there in time; it is given back when it comes. */
async function reopenInTime(
  project: Project,
  entry: JournalEntry,
  signal: AbortSignal,
): Promise<Reopened | undefined> {
  const reopening = reopenSubmission(project, entry, quiet);
  const reopened = await Promise.race([reopening, whenAborted(signal)]);
  if (!reopened) reopening.then(giveBack).catch(() => undefined);
  return reopened;
}

async function giveBack(reopened: Reopened): Promise<void> {
  if (reopened.found) await reopened.submitted.release();
}

/** What became of the attempt; undefined while it is under way. */
async function newsIfOver(
  submitted: Submitted,
  signal: AbortSignal,
): Promise<AttemptNews | undefined> {
  const { entry } = submitted;
  const recorded = await recordedOutcome(submitted);
  if (entry.outcome === undefined) {
    // The job side that has recorded its outcome ends in a moment; another may go on for days.
    const status = await statusOf(submitted, { signal, untilEnd: recorded !== undefined });
    if (status?.state !== "ended" && status?.state !== "gone") return undefined;
  }
  if (recorded) return { outcome: recorded, earlier: [], recorded: true, receipt: undefined };
  return followAttempt(submitted, quiet, noInterrupts(false));
}

/** The job side's own outcome in the run log that both sides see. */
async function recordedOutcome({ runLog, entry }: Submitted): Promise<OutcomeRecord | undefined> {
  if (!runLog || entry.owner !== "submitter") return undefined;
  const outcome = await finalOutcome(runRecords(runLog, entry.runId));
  return outcome?.by === "job" && outcome.attempt >= entry.attempt ? outcome : undefined;
}

/** What the platform says now, or at the end; undefined when it does not answer in time. */
async function statusOf(
  { definition, context, handle }: Submitted,
  { signal, untilEnd }: { readonly signal: AbortSignal; readonly untilEnd: boolean },
): Promise<PlatformStatus | undefined> {
  return Promise.race([ask().catch(unlessAborted), whenAborted(signal)]);

  async function ask(): Promise<PlatformStatus | undefined> {
    for await (const status of definition.observe(handle, { ...context, signal })) {
      if (!untilEnd || status.state === "ended" || status.state === "gone") return status;
    }
    return undefined;
  }

  function unlessAborted(error: unknown): undefined {
    if (!signal.aborted) throw error;
  }
}

function whenAborted(signal: AbortSignal): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  if (signal.aborted) resolve(undefined);
  else signal.addEventListener("abort", () => resolve(undefined), { once: true });
  return promise;
}

function mayRetry({ retries }: JournalEntry, { by, status, attempt }: OutcomeRecord): boolean {
  const failed = status === "failed" || status === "lost";
  return by === "submitter" && failed && attempt <= (retries?.limit ?? 0);
}
