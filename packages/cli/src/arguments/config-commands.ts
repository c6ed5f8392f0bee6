import type { Command } from "./command.ts";
import { configOption } from "./config-option.ts";

/** `runnable config …`. */
export const configCommands: readonly Command[] = [
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
];
