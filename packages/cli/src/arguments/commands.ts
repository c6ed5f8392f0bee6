import type { Command, OptionSpecs, PositionalSpec } from "./command.ts";

const job: PositionalSpec = {
  name: "JOB",
  description:
    "A job file (.ts .mts .js .mjs .cjs); FILE#name picks another export than the default",
};

const runId: PositionalSpec = {
  name: "RUN_ID",
  description: "A run id, its beginning as long as that is unique, or `latest`",
};

const glob: PositionalSpec = {
  name: "GLOB",
  optional: true,
  description: "Only files whose path matches, for example 'plots/*.svg'",
};

const configOption: OptionSpecs = {
  config: {
    type: "string",
    short: "c",
    value: "FILE",
    description:
      "Configuration file; without it the nearest runnable-config.yaml or runnable.config.ts",
  },
};

const inputOptions: OptionSpecs = {
  parameter: {
    type: "string",
    short: "p",
    multiple: true,
    value: "NAME=VALUE",
    description: "A parameter of the job; the value is JSON where it is that, else text",
  },
  parameters: { type: "string", value: "FILE", description: "Parameters from a YAML or JSON file" },
  ...configOption,
  executor: {
    type: "string",
    short: "e",
    value: "TYPE",
    description: "Where to run instead of the configuration's job-executor",
  },
  "run-id": {
    type: "string",
    value: "ID",
    description: "Name the run yourself; a used id is refused",
  },
  tag: { type: "string", value: "TAG", description: "A word to find the run by" },
};

/** Every command of `runnable`. Handlers are loaded when they are called: help must be there at once. */
export const commands: readonly Command[] = [
  {
    name: "run",
    summary: "Run a job",
    description:
      "Runs a job where the configuration says, shows its output and how it ended. The exit code is the job's own; 124 after a timeout, 130 after Ctrl-C, 78 for configuration or storage, 75 when the run was lost. With --json standard output has one line, that tells how the run ended, and the job's own output goes to standard error. Of a run elsewhere Ctrl-C asks the job to stop, a second one kills it, a third leaves it as it is.",
    positionals: [job],
    options: {
      ...inputOptions,
      detach: { type: "boolean", short: "d", description: "Return once the run is submitted" },
    },
    examples: [
      { command: "run train.job.ts -p epochs=5", description: "with one parameter" },
      { command: "run train.job.ts -e emulator", description: "across a process border" },
      {
        command: "run train.job.ts --config prod.yaml --detach",
        description: "elsewhere, without waiting",
      },
    ],
    load: () => import("../commands/run.ts"),
  },
  {
    name: "attach",
    summary: "Follow a run until it ends",
    description:
      "Finds a run that was submitted, shows its output and how it ended. Ends with the run's exit code. Ctrl-C leaves the run as it is.",
    positionals: [runId],
    options: configOption,
    load: () => import("../commands/attach.ts"),
  },
  {
    name: "logs",
    summary: "Print the output of a run",
    positionals: [runId],
    options: {
      follow: { type: "boolean", short: "f", description: "Go on until the run ends" },
      attempt: { type: "string", value: "N", description: "Of this attempt alone" },
      ...configOption,
    },
    load: () => import("../commands/logs.ts"),
  },
  {
    name: "cancel",
    summary: "Stop a run",
    positionals: [runId],
    options: configOption,
    load: () => import("../commands/cancel.ts"),
  },
  {
    name: "retry",
    summary: "Try a run again",
    description:
      "Makes the next attempt of a run that did not succeed, with the parameters it had. Refused while an attempt lives, or when the code has changed.",
    positionals: [runId],
    options: {
      rerun: { type: "boolean", description: "Make a new run, with the code as it is now" },
      detach: { type: "boolean", short: "d", description: "Return once the attempt is submitted" },
      ...configOption,
    },
    load: () => import("../commands/retry.ts"),
  },
  {
    name: "runs list",
    summary: "List the newest runs",
    positionals: [],
    isDefault: true,
    options: {
      limit: {
        type: "string",
        short: "n",
        value: "N",
        description: "At most so many; 20 without it",
      },
      tag: { type: "string", value: "TAG", description: "Only runs with this tag" },
      ...configOption,
    },
    load: () => import("../commands/runs-list.ts"),
  },
  {
    name: "runs show",
    summary: "Show all that is known of a run",
    positionals: [runId],
    options: configOption,
    load: () => import("../commands/runs-show.ts"),
  },
  {
    name: "catalog list",
    summary: "List the files that a run left",
    positionals: [runId, glob],
    options: configOption,
    load: () => import("../commands/catalog-list.ts"),
  },
  {
    name: "catalog get",
    summary: "Copy files that a run left",
    positionals: [runId, glob],
    options: {
      to: {
        type: "string",
        value: "DIR",
        description: "Where to; the working directory without it",
      },
      ...configOption,
    },
    examples: [
      {
        command: "catalog get latest 'plots/*.svg' --to out",
        description: "the plots of the newest run",
      },
    ],
    load: () => import("../commands/catalog-get.ts"),
  },
  {
    name: "plan",
    summary: "Show what would be submitted, and where storage is",
    description: "Works offline and changes nothing.",
    positionals: [job],
    options: inputOptions,
    load: () => import("../commands/plan.ts"),
  },
  {
    name: "config check",
    summary: "Tell all that is wrong with the configuration",
    description:
      "Every problem at once, with file, line and column: syntax, keys, types and settings, those of job-executors too, values that are not set, and storage that the executor can't reach. Deprecated types and secrets that stand in the file are warnings. Nothing is written or run. Ends with 0, or with 78 where a run would be refused. With --json standard output has one line: { valid, file, projectDirectory, services, problems, warnings }.",
    positionals: [],
    options: {
      ...configOption,
      executor: {
        type: "string",
        short: "e",
        value: "TYPE",
        description: "Check as `run --executor TYPE` would",
      },
    },
    examples: [{ command: "config check --config prod.yaml", description: "before a deployment" }],
    load: () => import("../commands/config-check.ts"),
  },
  {
    name: "config schema",
    summary: "Print the JSON Schema of configurations",
    description:
      "For editors, which then complete and document every key: all sections, the installed types, and the settings of each. A plugin whose manifest names no schema file is imported. The same installation gives the same text.",
    positionals: [],
    options: {
      output: { type: "string", short: "o", value: "FILE", description: "Write it to FILE" },
      ...configOption,
    },
    examples: [
      {
        command: "config schema --output runnable.schema.json",
        description: "then begin the file: # yaml-language-server: $schema=./runnable.schema.json",
      },
    ],
    load: () => import("../commands/config-schema.ts"),
  },
  {
    name: "execute-job",
    summary: "Do a submitted job here (called by executors)",
    positionals: [job, runId],
    options: {
      config: { type: "string", value: "FILE", description: "The relocated configuration" },
      parameters: { type: "string", value: "FILE", description: "The parameters" },
    },
    hidden: true,
    load: () => import("../commands/execute-job.ts"),
  },
];
