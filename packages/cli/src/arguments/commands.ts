import { careCommands } from "./care-commands.ts";
import type { Command, OptionSpecs } from "./command.ts";
import { configCommands } from "./config-commands.ts";
import { configOption } from "./config-option.ts";
import { pluginsCommands } from "./plugins-commands.ts";
import { glob, job, runId } from "./positionals.ts";

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
  ...pluginsCommands,
  ...careCommands,
  ...configCommands,
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
