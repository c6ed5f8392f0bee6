import type { RunResult } from "@runnable/core";

import { formatBytes } from "../terminal/format-bytes.ts";
import { formatDuration } from "../terminal/format-duration.ts";
import { formatCommands } from "./format-commands.ts";
import { failureFields } from "./format-failure.ts";
import { formatFieldGroups, type Field } from "./format-fields.ts";
import { formatFiles, placeOf } from "./format-files.ts";
import type { FormatOptions } from "./format-options.ts";
import { returnFields } from "./format-returns.ts";
import { nextCommands, type NextCommandsContext } from "./next-commands.ts";
import { shortRunId } from "./short-run-id.ts";
import { causeWords, statusSymbol } from "./status-words.ts";

/** What is known of a run beside its result. */
export interface RunSummaryContext extends FormatOptions, Omit<NextCommandsContext, "runId"> {
  readonly jobName: string;
  /** Where the run log is: `directory /data/runs`. */
  readonly runLog?: string | undefined;
  /** Where the catalog is: `directory /data/catalog`. */
  readonly catalog?: string | undefined;
  /** Attempts that the job may have, if more than one. */
  readonly attempts?: number | undefined;
}

/** The end of a run in some lines: how it ended, what it returned or why it failed, where things are, what to do next. */
export function formatRunSummary(result: RunResult, context: RunSummaryContext): string {
  const failed = result.status !== "succeeded";
  const records = failed ? (context.runLog ?? "") : "";
  const places: readonly Field[] = [
    ["files", formatFiles(result.catalog, context.catalog, context)],
    ["records", records === "" ? [] : [placeOf(records)]],
  ];
  const fields = [
    failed ? failureFields(result, context) : [],
    returnFields(result, context),
    places,
  ];
  const next = nextCommands(result, { ...context, runId: shortRunId(result.runId) });
  const groups = [
    headline(result, context),
    ...formatFieldGroups(fields, context),
    formatCommands(next, context),
  ];
  return `${groups
    .filter((group) => group.length > 0)
    .map((group) => group.join("\n"))
    .join("\n\n")}\n`;
}

function headline(result: RunResult, context: RunSummaryContext): readonly string[] {
  const { style, jobName, executor, attempts = 1 } = context;
  const { status, durationMs, attempt, runId, peakMemoryBytes } = result;
  const time =
    durationMs === undefined
      ? ""
      : ` ${status === "succeeded" ? "in" : "after"} ${formatDuration(durationMs)}`;
  const most = Math.max(attempt, attempts);
  const facts = [
    runId,
    executor,
    ...(most > 1 ? [`attempt ${attempt} of ${most}`] : []),
    ...(peakMemoryBytes === undefined ? [] : [`peak ${formatBytes(peakMemoryBytes)}`]),
  ];
  return [
    `${statusSymbol(status, style)} ${style.bold(`${jobName} ${statusWord(status)}${time}`)}${why(result)}`,
    `  ${style.dim(facts.join(" · "))}`,
  ];
}

/** "lost" alone sounds as if we had mislaid it. */
function statusWord(status: RunResult["status"]): string {
  return status === "cancelled" || status === "lost" ? `was ${status}` : status;
}

function why({ status, cause, exitCode, signal }: RunResult): string {
  if (status === "succeeded" || status === "cancelled") return "";
  const words = [
    ...(cause === undefined || cause === "user_error" ? [] : [causeWords[cause]]),
    ...(signal === undefined ? [] : [signal]),
    ...(exitCode === undefined || signal !== undefined ? [] : [`exit code ${exitCode}`]),
  ];
  return words.length === 0 ? "" : `: ${words.join(", ")}`;
}
