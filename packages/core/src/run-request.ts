import type { StaticPlugin } from "@runnable/plugin";

import type { ExecuteOptions, Job, JobReference } from "./jobs/job.ts";

/** A request to do a job. Either a reference (the command line) or a job object with the reference by which another process finds it. */
export interface RunRequest extends ExecuteOptions {
  readonly reference?: JobReference;
  readonly job?: Job;
  /** `-p name=value`, as typed. */
  readonly parameterArguments?: readonly string[];
  /** `--config`: wins over `RUNNABLE_CONFIGURATION_FILE`, unlike `configurationFile`. */
  readonly configFile?: string;
  /** `--parameters`: wins over `RUNNABLE_PARAMETERS_FILE`, unlike `parametersFile`. */
  readonly parametersArgument?: string;
  /** Of a program that brings its plugins: the only ones there are; no package.json is read. */
  readonly plugins?: readonly StaticPlugin[];
  /** Holds in place of a configuration file that is searched for. */
  readonly configuration?: object;
}
