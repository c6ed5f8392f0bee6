import type { Invocation } from "./invocation.ts";

/** One `--name` of a command. */
export interface OptionSpec {
  readonly type: "string" | "boolean";
  /** One letter. */
  readonly short?: string;
  /** May be given several times; of other options the last counts. */
  readonly multiple?: boolean;
  /** What stands for the value in help, for example `FILE`; for `string` only. */
  readonly value?: string;
  readonly description: string;
}

/** Options by name without dashes. */
export interface OptionSpecs {
  readonly [name: string]: OptionSpec;
}

/** One word of a command that is no option. */
export interface PositionalSpec {
  /** In capitals, for example `RUN_ID`. */
  readonly name: string;
  readonly optional?: boolean;
  readonly description: string;
}

/** An example in help. */
export interface CommandExample {
  /** Without the leading `runnable`. */
  readonly command: string;
  readonly description: string;
}

/** What a module of `commands/` exports. */
export interface CommandModule {
  /** Does the command; resolves to the exit code. */
  readonly run: (invocation: Invocation) => Promise<number>;
}

/** One command, as data. */
export interface Command {
  /** One or two words, for example `runs list`. */
  readonly name: string;
  /** One line, without full stop. */
  readonly summary: string;
  /** More, for the command's own help. */
  readonly description?: string;
  readonly positionals: readonly PositionalSpec[];
  readonly options: OptionSpecs;
  readonly examples?: readonly CommandExample[];
  /** What may stand after `--`, in help; without it nothing may. */
  readonly rest?: string;
  /** Not for people: left out of the list. */
  readonly hidden?: boolean;
  /** True for the command that its first word alone means. */
  readonly isDefault?: boolean;
  readonly load: () => Promise<CommandModule>;
}

/** Options of every command, also before its name. */
export const globalOptions: OptionSpecs = {
  directory: {
    type: "string",
    short: "C",
    value: "DIR",
    description: "Work as if started in DIR",
  },
  json: { type: "boolean", description: "Print JSON for programs" },
  debug: { type: "boolean", description: "Show stack traces and what happens inside" },
  help: { type: "boolean", short: "h", description: "Show help" },
};
