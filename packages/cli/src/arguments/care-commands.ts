import type { Command, OptionSpecs } from "./command.ts";
import { configOption } from "./config-option.ts";

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
