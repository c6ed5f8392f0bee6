import type { Invocation } from "../arguments/invocation.ts";
import type { UsageProblem } from "../arguments/usage-problem.ts";
import { formatRefusals, type RefusalFacts } from "../format/format-refusals.ts";
import { createStyle, wantsColour } from "./style.ts";
import { writeErrorText } from "./write-error-text.ts";

/** What a RunnableError has, also one of another copy of the package. */
interface KnownError {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly exitCode: number;
  /** Of STORAGE_REFUSED: every need that the executor can't meet. */
  readonly executor?: string;
  readonly refusals?: readonly RefusalFacts[];
}

/** A fault of ours: EX_SOFTWARE of sysexits.h. */
const bugStatus = 70;

/** Prints an error to standard error: what, and what to do; a stack with `--debug`, or for a bug of ours. Gives the exit code. */
export function printError(
  error: unknown,
  { debug, json }: Pick<Invocation, "debug" | "json">,
): number {
  const known = knownError(error);
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  if (json) process.stdout.write(errorLine(message, known));
  if (known === undefined) {
    const where = debug ? stack : "  `--debug` shows where.";
    process.stderr.write(`runnable failed unexpectedly: ${message}\n${where}\n`);
    return bugStatus;
  }
  writeKnown(message, known);
  if (debug) process.stderr.write(`${stack}\n`);
  return known.exitCode;
}

function errorLine(message: string, known: KnownError | undefined): string {
  const { code = "BUG", hint, refusals } = known ?? {};
  return `${JSON.stringify({ error: { code, message, hint, refusals } })}\n`;
}

function writeKnown(message: string, { code, hint, executor, refusals }: KnownError): void {
  if (executor !== undefined && refusals !== undefined) {
    const style = createStyle(wantsColour(process.stderr, process.env));
    const columns = process.stderr.columns ?? 80;
    process.stderr.write(formatRefusals(executor, refusals, { style, columns }));
    return;
  }
  const text = message.startsWith("error[") ? message : `error[${code}]: ${message}`;
  writeErrorText([text, ...(hint?.split("\n") ?? []).map((line) => `  ${line}`)].join("\n"));
}

/** Prints what is wrong with a command line. */
export function printUsageProblem({ message, hint, command }: UsageProblem): void {
  const help = `See \`runnable ${command === undefined ? "" : `${command.name} `}--help\`.`;
  writeErrorText(`error: ${message}\n  ${hint ?? help}`);
}

function knownError(error: unknown): KnownError | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if (!("code" in error && "exitCode" in error && "hint" in error)) return undefined;
  return error as KnownError;
}
