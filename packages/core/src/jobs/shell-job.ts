import type { Schema } from "@runnable/plugin";

import { createJob } from "./create-job.ts";
import type { Job, ShellJobDefinition } from "./job.ts";

/**
 * A job that runs a command with `/bin/sh -c`. The command finds its parameters in `RUNNABLE_PRM_<name>` and in the JSON file
 * `$RUNNABLE_PARAMETERS`, and returns values by writing `name=value` lines or a JSON object to the file `$RUNNABLE_OUTPUT`;
 * variables that it exports are not collected.
 * @throws RunnableError JOB_INVALID when the definition has an unknown key or a wrong value.
 */
export function shellJob<P extends Schema | undefined = undefined>(
  definition: Omit<ShellJobDefinition<P>, "kind">,
): Job {
  return createJob({ ...definition, kind: "shell" }, shellJob);
}
