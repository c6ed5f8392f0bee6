import type { PositionalSpec } from "./command.ts";

/** The job of `runnable run`. */
export const job: PositionalSpec = {
  name: "JOB",
  description:
    "A job file (.ts .mts .js .mjs .cjs); FILE#name picks another export than the default",
};

/** A run that is looked back at. */
export const runId: PositionalSpec = {
  name: "RUN_ID",
  description: "A run id, its beginning as long as that is unique, or `latest`",
};

/** Of the files that a run left. */
export const glob: PositionalSpec = {
  name: "GLOB",
  optional: true,
  description: "Only files whose path matches, for example 'plots/*.svg'",
};
