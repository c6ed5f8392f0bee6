import type { Command, OptionSpecs } from "./command.ts";
import { configOption } from "./config-option.ts";
import { job } from "./positionals.ts";

const whereOptions: OptionSpecs = {
  executor: {
    type: "string",
    short: "e",
    value: "TYPE",
    description: "Where to look instead of the configuration's job-executor",
  },
  ...configOption,
};

/** Commands that look after a project. */
export const careCommands: readonly Command[] = [
  {
    name: "doctor",
    summary: "Find out what would go wrong with a run",
    description:
      "Looks at the configuration, the stores, the job if one is given, and the platform; then runs a trivial job there and back, with its storage proved, and removes its records again. Ends with 0, or with 78 when a check has failed. With --json standard output has one line: { healthy, findings }.",
    positionals: [{ ...job, optional: true }],
    options: {
      "no-canary": { type: "boolean", description: "Do not run the trivial job" },
      ...whereOptions,
    },
    examples: [
      { command: "doctor -e emulator", description: "before the first run elsewhere" },
      { command: "doctor train.job.ts", description: "this job, too" },
    ],
    load: () => import("../commands/doctor.ts"),
  },
  {
    name: "clean",
    summary: "Remove what crashes left behind",
    description:
      "Concludes submissions that are over and that nobody follows. Then removes files below .runnable that dead clients left, and what the platform of the configuration still has of this project's runs. What is under way, what is another project's or user's, and what no record is here of is kept. Ends with 75 when something could not be removed.",
    positionals: [],
    options: {
      "dry-run": { type: "boolean", description: "Say what would go, and change nothing" },
      "older-than": {
        type: "string",
        value: "TIME",
        description:
          "Only what is older, for example 1d; of that also what has ended and has no record here",
      },
      ...whereOptions,
    },
    examples: [
      { command: "clean --dry-run -e emulator", description: "what is left on the emulator" },
    ],
    load: () => import("../commands/clean.ts"),
  },
];
