import type { RunResult } from "./jobs/job.ts";
import { attachRun, type FollowSubmitted } from "./look-back/attach-run.ts";
import { cancelRun } from "./look-back/cancel-run.ts";
import type { Project } from "./look-back/open-project.ts";
import type { RunObserver } from "./run-observer.ts";
import { followSubmitted } from "./run-remote.ts";

export { retryJob, type RetryOptions } from "./retry-job.ts";
export type { RunObserver } from "./run-observer.ts";

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
