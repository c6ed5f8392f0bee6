import type { RunResult } from "@runnable/core";
import type { RunBegin } from "@runnable/core/run";

import type { Invocation } from "../arguments/invocation.ts";
import { exitCodeOf } from "../format/exit-code-of.ts";
import type { FormatOptions } from "../format/format-options.ts";
import { formatRunSummary } from "../format/format-run-summary.ts";
import { formatSubmitted } from "../format/format-submitted.ts";
import { resultLine } from "../format/result-line.ts";
import { shortRunId } from "../format/short-run-id.ts";
import { commandPrefix } from "../terminal/command-prefix.ts";
import { createStyle, wantsColour } from "../terminal/style.ts";
import { typedConfig } from "./typed-words.ts";

/** What is known beside the result. */
export interface ResultContext {
  readonly invocation: Invocation;
  /** Absent where the run ended before it began. */
  readonly begun: RunBegin | undefined;
  /** What was typed after `run`; absent where the run was begun by another command. */
  readonly job?: string | undefined;
}

/** Prints how a run ended: one line of JSON on standard output, or some lines for people on standard error. Gives the exit code. */
export function printResult(result: RunResult, context: ResultContext): number {
  if (context.invocation.json) process.stdout.write(resultLine(result));
  else process.stderr.write(summaryOf(result, context));
  return exitCodeOf(result);
}

/** Prints that a run was submitted and how to follow it; gives 0. The id alone is on standard output, for scripts. */
export function printSubmitted(runId: string, { invocation, begun }: ResultContext): number {
  if (invocation.json) {
    process.stdout.write(`${JSON.stringify({ runId, status: "submitted" })}\n`);
    return 0;
  }
  const { jobName = "job", executor = "its executor" } = begun ?? {};
  const run = { jobName, executor, runId: shortRunId(runId) };
  process.stderr.write(formatSubmitted({ ...run, ...optionsOf(invocation) }));
  process.stdout.write(`${runId}\n`);
  return 0;
}

function summaryOf(result: RunResult, { invocation, begun, job }: ResultContext): string {
  return formatRunSummary(result, {
    ...optionsOf(invocation),
    job,
    jobName: begun?.jobName ?? "job",
    executor: begun?.executor ?? "",
    runLog: begun?.runLog,
    catalog: begun?.catalog,
    attempts: begun?.attempts,
  });
}

function optionsOf(invocation: Invocation): FormatOptions & {
  readonly prefix: string;
  readonly options: string | undefined;
} {
  return {
    style: createStyle(wantsColour(process.stderr, process.env)),
    columns: process.stderr.columns ?? 80,
    prefix: commandPrefix({ environment: process.env, directory: invocation.directory }),
    options: typedConfig(invocation),
  };
}
