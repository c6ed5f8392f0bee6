import { RunnableError } from "@runnable/plugin";

import type { RunResult } from "./jobs/job.ts";
import { prepareRun } from "./prepare/prepare-run.ts";
import { runBegin } from "./run-begin.ts";
import { runMeans } from "./run-means.ts";
import type { RunObserver } from "./run-observer.ts";
import type { RunRequest } from "./run-request.ts";

export type { RunBegin, RunObserver } from "./run-observer.ts";
export type { RunRequest } from "./run-request.ts";

/**
 * Does a job: here, or where the config says. Config, services, job, parameters and secrets are read and checked before anything
 * is written or submitted.
 *
 * @throws RunnableError with exit code 78 for everything that the user must change first; JOB_FAILED when the run does not
 * succeed, unless `throwOnFailure` is false.
 */
export async function runJob(request: RunRequest, observer: RunObserver = {}): Promise<RunResult> {
  const run = await prepareRun(request, observer, runMeans);
  const { executor } = run.services;
  observer.onBegin?.(runBegin(run));
  const result = await execute();
  if (result.status === "succeeded" || request.throwOnFailure === false || request.detach) {
    return result;
  }
  throw jobFailed(result);

  async function execute(): Promise<RunResult> {
    if (executor.definition.mock?.(executor.config)) {
      const { mockRun } = await import("./mock-run.ts");
      return mockRun(run);
    }
    if (executor.kind === "direct") {
      const { runDirect } = await import("./run-direct.ts");
      return runDirect(run, executor, { observer });
    }
    const { runRemote } = await import("./run-remote.ts");
    return runRemote(run, observer);
  }
}

function jobFailed(result: RunResult): RunnableError {
  const { runId, status, cause, error, exitCode } = result;
  const why = error === undefined ? "" : `: ${error.message}`;
  const failure = new RunnableError(
    "JOB_FAILED",
    `run ${runId} ${status}${cause ? ` (${cause})` : ""}${why}`,
    {
      exitCode: exitCode ?? 75,
      ...(error?.remedy === undefined ? {} : { hint: error.remedy }),
    },
  );
  return Object.assign(failure, { result });
}
