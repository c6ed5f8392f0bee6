import { commands } from "./arguments/commands.ts";
import { formatCommandHelp, formatOverview, type HelpStyle } from "./arguments/help.ts";
import type { Invocation } from "./arguments/invocation.ts";
import { parseArguments, type ParsedArguments } from "./arguments/parse-arguments.ts";
import { usageProblem } from "./arguments/usage-problem.ts";
import { outliveReaders } from "./terminal/outlive-readers.ts";
import { printError, printUsageProblem } from "./terminal/print-error.ts";
import { createStyle, wantsColour } from "./terminal/style.ts";
import { version } from "./version.ts";

/** Status of a command line that can't be read. */
const usageStatus = 2;

/** `runnable`: reads the words, does the command, gives its exit code. Nothing is thrown. */
export async function main(argv: readonly string[]): Promise<number> {
  outliveReaders([process.stdout, process.stderr]);
  const parsed = parseArguments(argv, commands);
  switch (parsed.kind) {
    case "version":
      process.stdout.write(`${version}\n`);
      return 0;
    case "help":
      process.stdout.write(helpText(parsed));
      return 0;
    case "invocation":
      return perform(parsed.invocation);
    case "usage":
    default:
      printUsageProblem(parsed);
      return usageStatus;
  }
}

async function perform(invocation: Invocation): Promise<number> {
  const { directory } = invocation;
  if (directory !== undefined && !enter(directory)) {
    printUsageProblem(usageProblem(`There is no directory ${directory} for -C`));
    return usageStatus;
  }
  try {
    const { run } = await invocation.command.load();
    return await run(invocation);
  } catch (error) {
    return printError(error, invocation);
  }
}

function enter(directory: string): boolean {
  try {
    process.chdir(directory);
    return true;
  } catch {
    return false;
  }
}

function helpText({
  commands: asked,
  topic,
}: Extract<ParsedArguments, { readonly kind: "help" }>): string {
  const help: HelpStyle = {
    style: createStyle(wantsColour(process.stdout, process.env)),
    columns: process.stdout.columns ?? 80,
  };
  const [only, ...others] = asked;
  if (only && others.length === 0) return formatCommandHelp(only, help);
  return formatOverview(asked, help, topic);
}
