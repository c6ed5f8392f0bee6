import type { Command } from "./command.ts";

/** Values of options by name: `true` or texts, in the order given. */
export type OptionValues = ReadonlyMap<string, true | readonly string[]>;

/** A command with what was typed after it. */
export interface Invocation {
  readonly command: Command;
  readonly positionals: readonly string[];
  /** Words after `--`. */
  readonly rest: readonly string[];
  /** `-C DIR`, as typed. */
  readonly directory: string | undefined;
  readonly json: boolean;
  readonly debug: boolean;
  /** The last value of a string option. */
  readonly text: (name: string) => string | undefined;
  /** All values of a string option. */
  readonly texts: (name: string) => readonly string[];
  /** Whether a boolean option was given. */
  readonly flag: (name: string) => boolean;
}

/** What an invocation is made of. */
export interface InvocationParts {
  readonly command: Command;
  readonly positionals: readonly string[];
  readonly rest: readonly string[];
  readonly values: OptionValues;
}

/** An invocation that reads option values by name. */
export function createInvocation({ values, ...parts }: InvocationParts): Invocation {
  function texts(name: string): readonly string[] {
    const value = values.get(name);
    return value === undefined || value === true ? [] : value;
  }
  const flag = (name: string) => values.get(name) === true;

  return {
    ...parts,
    directory: texts("directory").at(-1),
    json: flag("json"),
    debug: flag("debug"),
    text: (name) => texts(name).at(-1),
    texts,
    flag,
  };
}
