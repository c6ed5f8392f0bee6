import type { OptionSpecs } from "./command.ts";

/** `--config`, of every command that reads a configuration. */
export const configOption: OptionSpecs = {
  config: {
    type: "string",
    short: "c",
    value: "FILE",
    description:
      "Configuration file; without it the nearest runnable-config.yaml or runnable.config.ts",
  },
};
