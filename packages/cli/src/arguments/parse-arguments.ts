import { globalOptions, type Command } from "./command.ts";
import { findCommand } from "./find-command.ts";
import { createInvocation, type Invocation } from "./invocation.ts";
import { readWords, type Words } from "./read-words.ts";
import { usageProblem, type UsageProblem } from "./usage-problem.ts";

/** What the words of a command line ask for. */
export type ParsedArguments =
  | { readonly kind: "invocation"; readonly invocation: Invocation }
  /** Help for one command, for those that begin with a word (`runs`), or for all. */
  | { readonly kind: "help"; readonly commands: readonly Command[]; readonly topic?: string }
  | { readonly kind: "version" }
  | UsageProblem;

/** Reads the words after `runnable`. */
export function parseArguments(
  argv: readonly string[],
  commands: readonly Command[],
): ParsedArguments {
  if (argv[0] === "--version" || argv[0] === "-V") return { kind: "version" };
  if (argv[0] === "help") return parseArguments([...argv.slice(1), "--help"], commands);

  const found = findCommand(argv, commands);
  if (found.kind !== "command") return found;
  const { command } = found;
  const words = readWords(found.argv, { ...command.options, ...globalOptions });
  if (words.kind === "usage") return { ...words, command };
  if (words.values.get("help") === true) return { kind: "help", commands: [command] };
  return checkPositionals(command, words);
}

function checkPositionals(command: Command, words: Words): ParsedArguments {
  const { positionals, rest, values } = words;
  const missing = command.positionals
    .slice(positionals.length)
    .find((positional) => positional.optional !== true);
  const name = `runnable ${command.name}`;
  if (missing !== undefined) {
    return {
      ...usageProblem(`\`${name}\` needs ${missing.name}: ${lowerFirst(missing.description)}`),
      command,
    };
  }
  const extra = positionals[command.positionals.length];
  if (extra !== undefined) {
    return { ...usageProblem(`\`${name}\` does not know what to do with "${extra}"`), command };
  }
  if (rest.length > 0 && command.rest === undefined) {
    return { ...usageProblem(`\`${name}\` takes nothing after --`), command };
  }
  return {
    kind: "invocation",
    invocation: createInvocation({ command, positionals, rest, values }),
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
