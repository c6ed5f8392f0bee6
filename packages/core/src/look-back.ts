import type { RunResult } from "./jobs/job.ts";
import { attachRun, type FollowSubmitted } from "./look-back/attach-run.ts";
import { cancelRun } from "./look-back/cancel-run.ts";
import type { Project } from "./look-back/open-project.ts";
import type { RunObserver } from "./run-observer.ts";
import { followSubmitted } from "./run-remote.ts";

export { findRunId } from "./look-back/find-run-id.ts";
export { openProject, type Project, type ProjectOptions } from "./look-back/open-project.ts";
export { readLogs, type LogOptions } from "./look-back/read-logs.ts";
export { listRuns } from "./look-back/list-runs.ts";
export { viewRun, type AttemptView, type RunSummary, type RunView } from "./look-back/view-run.ts";
export { createFramePrinter } from "./output/print-frames.ts";
export { matchEntries } from "./record/match-entries.ts";
export { retryJob, type RetryOptions } from "./retry-job.ts";
export type { RunObserver } from "./run-observer.ts";
export { RunnableError } from "@runnable/plugin";

/** Follows a run to its end, as the client that started it would. @throws as `attachRun`. */
export function attachJob(
  project: Project,
  runId: string,
  observer: RunObserver,
): Promise<RunResult> {
  return attachRun(project, runId, { observer, follow: followSubmitted });
}

/** Stops a run and waits for its outcome. @throws as `cancelRun`. */
export function cancelJob(
  project: Project,
  runId: string,
  observer: RunObserver,
): Promise<RunResult> {
  return cancelRun(project, runId, { observer, follow: followCancelled });
}

const followCancelled: FollowSubmitted = (submitted, observer) =>
  followSubmitted(submitted, observer, { cancelled: true });
