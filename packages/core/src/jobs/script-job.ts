import type { Schema } from "@runnable/plugin";

import { createJob } from "./create-job.ts";
import type { Job, ScriptJobDefinition } from "./job.ts";

/**
 * A job that runs a program with arguments, without a shell: `scriptJob({ argv: ["python3", "train.py"] })`. Parameters and
 * returns pass as with a shell job. An argument that names a file of the project travels by itself.
 * @throws RunnableError JOB_INVALID when the definition has an unknown key or a wrong value.
 */
export function scriptJob<P extends Schema | undefined = undefined>(
  definition: Omit<ScriptJobDefinition<P>, "kind">,
): Job {
  return createJob({ ...definition, kind: "script" }, scriptJob);
}
