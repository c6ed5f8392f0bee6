import { existsSync } from "node:fs";
import { constants } from "node:os";

import type { JsonObject, OutcomeError } from "@runnable/plugin";

import type { ScriptJobDefinition, ShellJobDefinition } from "../jobs/job.ts";
import { collectReturns } from "./collect-returns.ts";
import { commandEnvironment } from "./command-environment.ts";
import { openCommandExchange } from "./command-exchange.ts";
import { failedResult, type JobResult } from "./job-result.ts";
import { parseReturns } from "./parse-returns.ts";
import { spawnCommand, type CommandEnd } from "./spawn-command.ts";
import { stoppedResult } from "./stopped-result.ts";

/** A command and its surroundings. */
export interface RunCommandOptions {
  readonly definition: ShellJobDefinition | ScriptJobDefinition;
  /** Validated. */
  readonly parameters: JsonObject;
  readonly secrets: { readonly [name: string]: string };
  readonly runId: string;
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly workingDirectory: string;
  readonly env: { readonly [name: string]: string | undefined };
  readonly onOutput?: (channel: "o" | "e", chunk: Uint8Array) => void | Promise<void>;
  readonly ownProcessGroup?: boolean;
  readonly graceMs?: number;
}

/** Runs the command of a shell or script job and reads what it wrote to `$RUNNABLE_OUTPUT`. */
export async function runCommand(options: RunCommandOptions): Promise<JobResult> {
  const { definition, signal, ownProcessGroup = true, graceMs = 5000 } = options;
  const exchange = await openCommandExchange(options.parameters);
  try {
    if (signal.aborted) return stoppedResult(signal);
    const end = await spawnCommand({
      ...options,
      argv: definition.kind === "shell" ? ["/bin/sh", "-c", definition.command] : definition.argv,
      env: commandEnvironment({ ...options, files: exchange }),
      ownProcessGroup,
      graceMs,
    });
    if (signal.aborted) return stoppedResult(signal);
    if (end.code !== 0) return commandFailed(end, options);
    return returnsOf(await exchange.readOutput());
  } finally {
    await exchange[Symbol.asyncDispose]();
  }
}

function returnsOf(text: string): JobResult {
  const { returns, problem } = parseReturns(text);
  return problem === undefined
    ? collectReturns(returns)
    : failedResult({ name: "RETURNS_NOT_JSON", message: problem });
}

function commandFailed(end: CommandEnd, options: RunCommandOptions): JobResult {
  if (end.error !== undefined) return notStarted(end.error, options);
  if (end.signal !== undefined) {
    const error = { name: "CommandKilled", message: `the command was ended by ${end.signal}` };
    // Nobody but the kernel or another person sends SIGKILL, so it tells nothing of the job.
    const cause = end.signal === "SIGKILL" ? "unknown" : "user_error";
    return failedResult(error, {
      cause,
      signal: end.signal,
      exitCode: 128 + constants.signals[end.signal],
    });
  }
  const code = end.code ?? 1;
  return failedResult(
    { name: "CommandFailed", message: `the command ended with exit code ${code}` },
    { exitCode: code },
  );
}

/** Exit codes as a shell's: 127 not found, 126 not executable. */
function notStarted(failure: NodeJS.ErrnoException, options: RunCommandOptions): JobResult {
  const program = options.definition.kind === "shell" ? "/bin/sh" : options.definition.argv[0];
  const exitCode = failure.code === "ENOENT" ? 127 : 126;
  return failedResult(
    { name: "CommandNotStarted", ...explain(failure, program, options.workingDirectory) },
    { exitCode },
  );
}

function explain(
  failure: NodeJS.ErrnoException,
  program: string,
  workingDirectory: string,
): Omit<OutcomeError, "name"> {
  // A missing working directory shows as ENOENT of the program.
  if (!existsSync(workingDirectory)) {
    return { message: `the working directory ${workingDirectory} does not exist` };
  }
  if (failure.code === "ENOENT") {
    return {
      message: `the program ${program} was not found`,
      remedy: "Install it where the job runs, or give its path.",
    };
  }
  return { message: `the program ${program} could not be started: ${failure.message}` };
}
