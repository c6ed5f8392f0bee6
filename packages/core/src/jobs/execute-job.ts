import { RunnableError } from "@runnable/plugin";

import { isJob } from "./is-job.ts";
import type { ExecuteOptions, Job, RunResult } from "./job.ts";

/**
 * Runs a job where the configuration says; resolves with its outcome.
 * @throws RunnableError JOB_FAILED when the run does not succeed, unless `throwOnFailure` is false; JOB_INVALID when the value is no job.
 */
export async function executeJob(job: Job, options: ExecuteOptions = {}): Promise<RunResult> {
  if (isJob(job)) return job.execute(options);
  throw new RunnableError("JOB_INVALID", "executeJob() was given a value that is not a job", {
    hint: "Give it what defineJob(), shellJob() or scriptJob() returned.",
    exitCode: 78,
  });
}
