import type { Invocation } from "../arguments/invocation.ts";
import type { UsageProblem } from "../arguments/usage-problem.ts";

/** What a RunnableError has, also one of another copy of the package. */
interface KnownError {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly exitCode: number;
}

/** Prints an error to standard error: what, and what to do; a stack with `--debug`, or for a bug of ours. Gives the exit code. */
export function printError(
  error: unknown,
  { debug, json }: Pick<Invocation, "debug" | "json">,
): number {
  const known = knownError(error);
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  if (json)
    process.stdout.write(
      `${JSON.stringify({ error: { code: known?.code ?? "BUG", message, hint: known?.hint } })}\n`,
    );
  if (known === undefined) {
    process.stderr.write(
      `runnable failed unexpectedly: ${message}\n${debug ? `${stack}\n` : "  `--debug` shows where.\n"}`,
    );
    return 70;
  }
  const lines = message.startsWith("error[") ? [message] : [`error[${known.code}]: ${message}`];
  if (known.hint !== undefined) lines.push(`  ${known.hint}`);
  if (debug) lines.push(stack);
  process.stderr.write(`${lines.join("\n")}\n`);
  return known.exitCode;
}

/** Prints what is wrong with a command line. */
export function printUsageProblem({ message, hint, command }: UsageProblem): void {
  const help = `See \`runnable ${command === undefined ? "" : `${command.name} `}--help\`.`;
  process.stderr.write(`error: ${message}\n  ${hint ?? help}\n`);
}

function knownError(error: unknown): KnownError | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if (!("code" in error && "exitCode" in error && "hint" in error)) return undefined;
  return error as KnownError;
}
