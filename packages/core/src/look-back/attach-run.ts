import { RunnableError } from "@runnable/plugin";

import type { RunResult } from "../jobs/job.ts";
import { createFramePrinter } from "../output/print-frames.ts";
import { withRunDuration } from "../record/run-duration.ts";
import type { RunObserver } from "../run-observer.ts";
import type { JournalEntry } from "../submit/journal-entry.ts";
import type { Submitted } from "../submit/submit-attempt.ts";
import { entryOfRecord } from "./entry-of-record.ts";
import { neverSubmitted, removeStage } from "./never-submitted.ts";
import type { Project } from "./open-project.ts";
import { readLogs } from "./read-logs.ts";
import { reopenSubmission } from "./reopen-submission.ts";
import { viewRun } from "./view-run.ts";

/** Follows a submission that was found again to its end. */
export type FollowSubmitted = (submitted: Submitted, observer: RunObserver) => Promise<RunResult>;

/**
 * Follows a run to its end, wherever it is: by this machine's journal, by its name on the platform (submitted from another
 * machine), or by its run log. A run that has ended is shown again.
 *
 * @throws RunnableError EXECUTOR_CHANGED, RUN_UNREACHABLE; RUN_NOT_FOUND for an id without a record.
 */
export async function attachRun(
  project: Project,
  runId: string,
  { observer, follow }: { readonly observer: RunObserver; readonly follow: FollowSubmitted },
): Promise<RunResult> {
  const view = await viewRun(project, runId);
  if (view.entry && view.entry.state !== "DONE") {
    return attachEntry(project, view.entry, { observer, follow });
  }
  // Its run log is over there, or gone: the outcome is all that there is of it here.
  if (view.entry && view.outcome && (view.entry.owner === "job" || view.run === undefined)) {
    return { ...view.outcome, runId };
  }
  if (view.outcome === undefined && view.run?.executor.name !== undefined) {
    const entry = entryOfRecord(project, view.run, view.attempts.at(-1)?.attempt ?? 1);
    const reopened = await reopenSubmission(project, entry, observer);
    if (reopened.found) return follow(reopened.submitted, observer);
  }
  if (view.run === undefined && view.outcome === undefined) throw notFound(runId);
  const outcome = await replay(project, runId, observer);
  // Its client died right before it would have removed the entry.
  if (view.entry) await project.journal.remove(runId);
  if (view.run) await removeStage(project, { ...view.run, attempt: outcome.attempt });
  return outcome;
}

async function attachEntry(
  project: Project,
  entry: JournalEntry,
  { observer, follow }: { readonly observer: RunObserver; readonly follow: FollowSubmitted },
): Promise<RunResult> {
  // Whoever only looks leaves the run to this one; another one that follows it goes beside it.
  const lock = await project.journal.lock(entry.runId);
  try {
    const reopened = await reopenSubmission(project, entry, observer);
    if (!reopened.found) return await neverSubmitted(project, entry);
    return await follow(reopened.submitted, observer);
  } finally {
    await lock?.release();
  }
}

async function replay(project: Project, runId: string, observer: RunObserver): Promise<RunResult> {
  const printer = createFramePrinter(process);
  const outcome = await readLogs(project.runLog, {
    runId,
    follow: true,
    settle: true,
    onFrame: observer.onFrame ?? printer.print,
    onNotice: observer.onNotice,
  });
  await printer.flush();
  if (outcome) return withRunDuration(project.runLog, outcome);
  throw new RunnableError("RUN_UNREACHABLE", `run ${runId} can't be followed from here`, {
    exitCode: 75,
  });
}

function notFound(runId: string): RunnableError {
  return new RunnableError("RUN_NOT_FOUND", `there is no record of run ${runId}`, {
    hint: "Its client ended before it asked for anything; run the job again.",
    exitCode: 75,
  });
}
