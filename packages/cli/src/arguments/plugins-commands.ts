import type { Command, OptionSpecs, PositionalSpec } from "./command.ts";
import { configOption } from "./config-option.ts";

const typeName: PositionalSpec = {
  name: "TYPE",
  description: "A name or alias, a full name (@acme/executors:hpc), or a path (./my-executor.ts)",
};

const kindOption: OptionSpecs = {
  kind: {
    type: "string",
    short: "k",
    value: "KIND",
    description: "executor, run-log-store, catalog or secrets; all of them without it",
  },
};

/** `runnable plugins …`. */
export const pluginsCommands: readonly Command[] = [
  {
    name: "plugins list",
    summary: "List the types that are there",
    description:
      "Reads package.json files and imports nothing. States: ready; deprecated; ambiguous (several packages have the name, and none is preferred); shadowed (plugins.resolve or a nearer version took the name); reserved (the name belongs to a built-in); not-allowed (by plugins.allow); unsupported (it speaks another plugin api); missing-file (package.json names a module that is not there); broken (a fault in its package.json); not-installed. With --check also fails: its import throws. The exit code is 0 whatever the states; with --json an array.",
    positionals: [],
    isDefault: true,
    options: {
      check: {
        type: "boolean",
        description: "Import each that is ready, in a process of its own",
      },
      ...configOption,
    },
    load: () => import("../commands/plugins-list.ts"),
  },
  {
    name: "plugins why",
    summary: "Show how a type is found",
    description:
      "Each file that is read and each rule that is applied, in order, the rule that decided, and the milliseconds. Imports nothing. Without --kind it answers for each kind that has such a type. Ends with 78 and the reason where the type can't be used. With --json an array, an element a kind.",
    positionals: [typeName],
    options: { ...kindOption, ...configOption },
    examples: [
      { command: "plugins why hpc", description: "a short name or an alias" },
      { command: "plugins why @acme/executors:hpc", description: "a full name: no scan" },
      { command: "plugins why ./executors/mine.ts", description: "a module of the project" },
    ],
    load: () => import("../commands/plugins-why.ts"),
  },
  {
    name: "plugins inspect",
    summary: "Show what a type says of itself",
    description:
      "Settings with types, defaults and docs, what it can do, its job side and its answers. Imports its module, and no other. Answers are for the project's settings of the type if it has some, else for the defaults: of a remote executor where one need of each kind would be, of a store what it needs. With --json an array, an element a kind.",
    positionals: [typeName],
    options: { ...kindOption, ...configOption },
    examples: [{ command: "plugins inspect emulator", description: "one that is built in" }],
    load: () => import("../commands/plugins-inspect.ts"),
  },
  {
    name: "plugins freeze",
    summary: "Write the plugins as a module, for a bundle",
    description:
      "A module that imports what `plugins list` calls usable, for createHost({ plugins }): a bundle finds nothing by package.json. Imports nothing itself. The same installation gives the same text. Types that have settings of a re-export, or a module that runs around the job, are left out, and said. With --json standard output has one line: { file, packages, leftOut }.",
    positionals: [],
    options: {
      output: {
        type: "string",
        short: "o",
        value: "FILE",
        description: "Write it to FILE instead of runnable-plugins.ts",
      },
      ...configOption,
    },
    examples: [{ command: "plugins freeze -o src/plugins.ts", description: "beside the program" }],
    load: () => import("../commands/plugins-freeze.ts"),
  },
];
