import type { Outcome } from "@runnable/core";

import { formatBytes } from "../terminal/format-bytes.ts";
import { formatDuration } from "../terminal/format-duration.ts";
import { failureFields } from "./format-failure.ts";
import { formatFieldGroups, type Field } from "./format-fields.ts";
import { formatFiles, placeOf } from "./format-files.ts";
import type { FormatOptions } from "./format-options.ts";
import { returnFields } from "./format-returns.ts";
import { formatValue } from "./format-value.ts";
import { causeWords, formatStatus } from "./status-words.ts";

/** One try of a run. */
export interface AttemptFacts {
  readonly attempt: number;
  readonly status: string;
  readonly host?: string | undefined;
  readonly pid?: number | undefined;
  /** ISO 8601. */
  readonly startedAt?: string | undefined;
  readonly outcome?: Outcome | undefined;
}

/** The commit of the code, and files of it that were changed since. */
export interface GitFacts {
  readonly commit: string;
  readonly dirty: readonly string[];
}

/** All that is known of a run. */
export interface RunFacts {
  readonly runId: string;
  readonly status: string;
  readonly tag?: string | undefined;
  readonly job: {
    readonly name: string;
    readonly file: string;
    readonly exportName: string;
    readonly command?: string | readonly string[] | undefined;
  };
  readonly parameters: { readonly [name: string]: unknown };
  readonly executor: { readonly type: string; readonly package: string; readonly version: string };
  readonly code?:
    | {
        readonly digest: string;
        readonly git?: GitFacts | undefined;
      }
    | undefined;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly createdBy: "submitter" | "job";
  readonly submitter: { readonly host: string; readonly pid: number };
  readonly attempts: readonly AttemptFacts[];
  readonly outcome?: Outcome | undefined;
  /** Of all attempts. */
  readonly durationMs?: number | undefined;
  /** Where the records are: `directory /data/runs/<id>`. */
  readonly runLog?: string | undefined;
  readonly catalog?: string | undefined;
}

const mostDirty = 10;

/** A page about a run: what was asked, what the code was, each attempt, how it ended, where things are. */
export function formatRunDetails(run: RunFacts, options: FormatOptions): string {
  const { style } = options;
  const outcome = run.outcome;
  const groups: readonly (readonly [title: string, fields: readonly Field[]])[] = [
    ["Asked", askedFields(run, options)],
    ["Attempts", run.attempts.map((attempt) => attemptField(attempt, options))],
    ["Failure", outcome === undefined ? [] : failureFields(outcome, options)],
    ["Returns", outcome === undefined ? [] : returnFields(outcome, options)],
    [
      "Places",
      [
        ["files", formatFiles(outcome?.catalog ?? [], run.catalog, options)],
        ["records", run.runLog === undefined ? [] : [placeOf(run.runLog)]],
      ],
    ],
  ];
  const lines = formatFieldGroups(
    groups.map(([, fields]) => fields),
    options,
  );
  const body = groups.map(([title], index) => {
    const group = lines[index] ?? [];
    return group.length === 0 ? [] : ["", style.bold(title), ...group];
  });
  const head = `${style.bold(run.runId)}  ${formatStatus(run.status, style)}${endOf(run)}`;
  return `${[head, ...body.flat()].join("\n")}\n`;
}

function endOf({ outcome, durationMs }: RunFacts): string {
  if (outcome === undefined) return "";
  const { cause } = outcome;
  const words = cause === undefined || cause === "cancelled" ? "" : `: ${causeWords[cause]}`;
  return words + (durationMs === undefined ? "" : ` after ${formatDuration(durationMs)}`);
}

function askedFields(run: RunFacts, { columns }: FormatOptions): readonly Field[] {
  const { job, executor, code, parameters } = run;
  const room = columns - 14;
  const of = job.exportName === "default" ? job.file : `${job.file}#${job.exportName}`;
  const command =
    typeof job.command === "string" ? job.command.split("\n") : job.command?.join(" ");
  return [
    ["job", `${job.name} (${of})`],
    ["command", command ?? ""],
    [
      "parameters",
      Object.entries(parameters).map(
        ([name, value]) => `${name} = ${formatValue(value, room - name.length - 3)}`,
      ),
    ],
    ["tag", run.tag ?? ""],
    ["executor", `${executor.type}, from ${executor.package} ${executor.version}`],
    [
      "created",
      `${run.createdAt} by the ${run.createdBy} on ${run.submitter.host} (process ${run.submitter.pid})`,
    ],
    ["code", code === undefined ? [] : [code.digest]],
    ["git", code?.git === undefined ? [] : gitLines(code.git)],
  ];
}

function gitLines({ commit, dirty }: GitFacts): readonly string[] {
  if (dirty.length === 0) return [commit];
  const shown = dirty.slice(0, mostDirty);
  const rest = dirty.length - shown.length;
  return [`${commit}, changed:`, ...shown, ...(rest > 0 ? [`and ${rest} more`] : [])];
}

function attemptField(attempt: AttemptFacts, { style }: FormatOptions): Field {
  const { host, pid, startedAt, outcome } = attempt;
  const where =
    host === undefined ? "" : `on ${host}${pid === undefined ? "" : ` (process ${pid})`}`;
  const facts = [
    outcome?.cause === undefined ? "" : causeWords[outcome.cause],
    outcome?.signal ?? (outcome?.exitCode === undefined ? "" : `exit code ${outcome.exitCode}`),
    outcome?.durationMs === undefined ? "" : formatDuration(outcome.durationMs),
    outcome?.peakMemoryBytes === undefined ? "" : `peak ${formatBytes(outcome.peakMemoryBytes)}`,
  ];
  const told = [formatStatus(attempt.status, style), ...facts].filter((text) => text !== "");
  const began = [startedAt ?? "", where].filter((text) => text !== "").join(" ");
  return [String(attempt.attempt), [told.join(", "), ...(began === "" ? [] : [style.dim(began)])]];
}
