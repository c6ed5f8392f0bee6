import { globalOptions, type Command } from "./command.ts";
import { readWords } from "./read-words.ts";
import { suggest } from "./suggest.ts";
import { usageProblem, type UsageProblem } from "./usage-problem.ts";

/** The command that the first words name, and the other words. */
export type FoundCommand =
  | { readonly kind: "command"; readonly command: Command; readonly argv: readonly string[] }
  | { readonly kind: "help"; readonly commands: readonly Command[]; readonly topic?: string }
  | UsageProblem;

/** Finds the command; global options may stand before it. */
export function findCommand(argv: readonly string[], commands: readonly Command[]): FoundCommand {
  const at = firstWord(argv);
  const before = argv.slice(0, at);
  const [word, second] = argv.slice(at);
  const globals = readWords(before, globalOptions);
  if (globals.kind === "usage") return globals;
  if (word === undefined) return { kind: "help", commands };

  const family = commands.filter(({ name }) => name === word || name.startsWith(`${word} `));
  if (family.length === 0) return unknownCommand(word, commands);
  const exact = family.find(({ name }) => name === word || name === `${word} ${second}`);
  if (exact !== undefined) {
    const words = exact.name.split(" ").length;
    return { kind: "command", command: exact, argv: [...before, ...argv.slice(at + words)] };
  }
  const rest = argv.slice(at + 1);
  const asksHelp = rest.some((argument) => argument === "--help" || argument === "-h");
  if (asksHelp && firstWord(rest) === rest.length) {
    return { kind: "help", commands: family, topic: word };
  }
  const fallback = family.find(({ isDefault }) => isDefault === true);
  const named = second !== undefined && !second.startsWith("-");
  if (fallback !== undefined && !named) {
    return { kind: "command", command: fallback, argv: [...before, ...rest] };
  }
  return named ? unknownCommand(`${word} ${second}`, family) : missingSecond(word, family);
}

/** Index of the first word that is neither a global option nor the value of one. */
function firstWord(argv: readonly string[]): number {
  let at = 0;
  while (at < argv.length && argv[at]?.startsWith("-") === true) {
    at += argv[at] === "-C" || argv[at] === "--directory" ? 2 : 1;
  }
  return Math.min(at, argv.length);
}

function unknownCommand(word: string, candidates: readonly Command[]): UsageProblem {
  const visible = candidates.filter(({ hidden }) => hidden !== true).map(({ name }) => name);
  const first = visible.map((name) => name.split(" ")[0] ?? name);
  const suggestion = suggest(word, [...new Set([...visible, ...first])]);
  return usageProblem(
    `There is no command "${word}"`,
    suggestion === undefined ? undefined : `\`runnable ${suggestion}\``,
  );
}

function missingSecond(word: string, family: readonly Command[]): UsageProblem {
  const names = family.map(({ name }) => `\`runnable ${name}\``);
  return { ...usageProblem(`\`runnable ${word}\` is not all`), hint: `Use ${names.join(" or ")}.` };
}
