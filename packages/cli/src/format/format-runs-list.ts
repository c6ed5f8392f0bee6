import { formatDuration } from "../terminal/format-duration.ts";
import { formatRelativeTime } from "../terminal/format-relative-time.ts";
import { formatTable } from "../terminal/format-table.ts";
import type { FormatOptions } from "./format-options.ts";
import { shortRunIds } from "./short-run-id.ts";
import { formatStatus } from "./status-words.ts";

/** One run in the list. */
export interface ListedRunFacts {
  readonly runId: string;
  readonly job: string;
  readonly tag?: string | undefined;
  readonly executor: string;
  /** An outcome's status, or a state on the way: `running`, `unresponsive`. */
  readonly status: string;
  /** ISO 8601. */
  readonly startedAt?: string | undefined;
  readonly durationMs?: number | undefined;
}

/** A table of runs. `now` is in milliseconds since 1970. */
export function formatRunsList(
  runs: readonly ListedRunFacts[],
  { now, ...options }: FormatOptions & { readonly now: number },
): string {
  if (runs.length === 0) return "There is no run yet.\n";
  const ids = shortRunIds(runs.map(({ runId }) => runId));
  const rows = runs.map((run, index) => [
    ids[index] ?? run.runId,
    run.job,
    run.tag ?? "",
    run.executor,
    formatStatus(run.status, options.style),
    run.startedAt === undefined ? "" : formatRelativeTime(Date.parse(run.startedAt), now),
    run.durationMs === undefined ? "" : formatDuration(run.durationMs),
  ]);
  return `${formatTable(columns, rows, options).join("\n")}\n`;
}

const columns = [
  { title: "run" },
  { title: "job", shrink: "truncate" },
  { title: "tag", shrink: "truncate" },
  { title: "executor", shrink: "truncate" },
  { title: "status" },
  { title: "started" },
  { title: "took", align: "right" },
] as const;
