import type { Schema } from "@runnable/plugin";

import { createJob } from "./create-job.ts";
import type { FunctionJobDefinition, Job, JobDefinition } from "./job.ts";

/**
 * A job that runs a function. The schema under `parameters` gives the type of `ctx.parameters`, the names under `secrets` the keys of `ctx.secrets`.
 * @throws RunnableError JOB_INVALID when the definition has an unknown key or a wrong value.
 */
export function defineJob<
  const P extends Schema | undefined = undefined,
  const K extends string = never,
>(definition: FunctionJobDefinition<P, K>): Job {
  // The function takes the narrower context that its own definition promises.
  return createJob({ ...definition, kind: "function" } as unknown as JobDefinition, defineJob);
}
