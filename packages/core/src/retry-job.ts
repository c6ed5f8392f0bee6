import { join } from "node:path";

import type { RunResult } from "./jobs/job.ts";
import { concludeLeft } from "./look-back/conclude-left.ts";
import type { Project } from "./look-back/open-project.ts";
import { checkSameCode, planRetry } from "./look-back/retry-run.ts";
import { viewRun } from "./look-back/view-run.ts";
import { prepareRun } from "./prepare/prepare-run.ts";
import { runDirect } from "./run-direct.ts";
import { runJob } from "./run-job.ts";
import { runMeans } from "./run-means.ts";
import type { RunObserver } from "./run-observer.ts";
import { runRemoteAttempt } from "./run-remote.ts";
import type { RunRequest } from "./run-request.ts";

/** How long a platform may take to say whether the attempt before is over. */
const patienceMs = 30_000;

/** How a run is tried again. */
export interface RetryOptions {
  /** A new run with the code as it is now, instead of another attempt. */
  readonly rerun: boolean;
  readonly detach: boolean;
  readonly configFile?: string;
}

/**
 * The next attempt of a run that did not succeed, with its parameters, executor and code.
 *
 * @throws RunnableError RUN_ALIVE, RUN_SUCCEEDED, CODE_CHANGED, and what `runJob` throws.
 */
export async function retryJob(
  project: Project,
  runId: string,
  { options, observer }: { readonly options: RetryOptions; readonly observer: RunObserver },
): Promise<RunResult> {
  // What the attempt before left could not be found any more: the journal's entry is the next one's.
  await concludeLeft(project, runId, { patienceMs, keepOutput: false });
  if (options.rerun) return rerun(project, runId, { options, observer });
  const { view, attempt, code } = await planRetry(project, runId);
  const request = requestOf(project, view.run, options);
  const run = await prepareRun({ ...request, runId }, observer, runMeans);
  const { executor } = run.services;
  const check = (now: Parameters<typeof checkSameCode>[2]) => checkSameCode(runId, code, now);
  if (executor.kind === "direct") return runDirect(run, executor, { observer, attempt, check });
  return runRemoteAttempt(run, observer, { attempt, nonce: view.run.nonce, check });
}

async function rerun(
  project: Project,
  runId: string,
  { options, observer }: { readonly options: RetryOptions; readonly observer: RunObserver },
): Promise<RunResult> {
  const { run } = await viewRun(project, runId);
  if (!run) {
    await planRetry(project, runId);
    throw new Error("unreachable: a run without a record can't be planned");
  }
  return runJob(requestOf(project, run, options), observer);
}

function requestOf(
  project: Project,
  run: NonNullable<Awaited<ReturnType<typeof planRetry>>["view"]["run"]>,
  { detach, configFile }: RetryOptions,
): RunRequest {
  return {
    reference: {
      file: join(project.config.projectDirectory, run.job.file),
      exportName: run.job.exportName,
    },
    parameters: run.parameters,
    executor: run.executor.type,
    throwOnFailure: false,
    detach,
    ...(run.tag === undefined ? {} : { tag: run.tag }),
    ...(configFile === undefined ? {} : { configFile }),
  };
}
