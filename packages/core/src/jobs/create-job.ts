import { callingModules } from "./calling-modules.ts";
import { checkDefinition } from "./check-definition.ts";
import { countDefinition } from "./definition-order.ts";
import {
  jobBrand,
  type ExecuteOptions,
  type Job,
  type JobDefinition,
  type RunResult,
} from "./job.ts";
import { currentLoading } from "./loading.ts";

/** Frames that say who asked for a run while a job file is loaded: enough to pass through a user's own layers. */
const callerLimit = 50;

/**
 * A job from its checked definition. `maker` is the public function that was called: whoever called it is where the job is defined.
 * @throws RunnableError JOB_INVALID when the definition has an unknown key or a wrong value.
 */
export function createJob(definition: JobDefinition, maker: Function): Job {
  const [definedBy] = callingModules(maker, 1);
  checkDefinition(definition, { maker: maker.name, place: definedBy });
  const job: Job = Object.freeze({
    [jobBrand]: 1 as const,
    definition: Object.freeze({ ...definition }),
    definedIn: definedBy?.url,
    execute,
  });
  countDefinition(job);
  return job;

  function execute(options: ExecuteOptions = {}): Promise<RunResult> {
    const loading = currentLoading();
    if (loading === undefined) return run(job, options);
    loading.registered.push({ job, callers: callingModules(execute, callerLimit) });
    loading.onRegistered();
    // Never settles: what follows the call belongs to the process that submits.
    return new Promise(() => {});
  }
}

async function run(job: Job, options: ExecuteOptions): Promise<RunResult> {
  // Lazily, so that a job file carries nothing of the submitter with it.
  const { runJob } = await import("../run-job.ts");
  return runJob({ job, ...options });
}
