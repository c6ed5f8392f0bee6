import { formatTable } from "../terminal/format-table.ts";
import { quoteWord } from "../terminal/quote-word.ts";
import { formatFieldGroups, formatFields, type Field } from "./format-fields.ts";
import { formatJson } from "./format-json.ts";
import type { FormatOptions } from "./format-options.ts";

/** One line of the table of storage. */
export interface StorageRow {
  /** Config section and type: `run-log-store file-system`. */
  readonly store: string;
  /** `directory /data/runs`. */
  readonly need: string;
  /** Where it is, seen from the job: `/mnt/runs (shared)`, `relay`. */
  readonly placement: string;
  /** Who creates and writes it: `submitter`, `job`. */
  readonly setUpBy: string;
}

/** What would be submitted. */
export interface PlanFacts {
  readonly job: string;
  readonly executor: string;
  /** Package that provides the executor, with its version. */
  readonly providedBy?: string | undefined;
  readonly runId: string;
  /** Argv over there. */
  readonly command?: readonly string[] | undefined;
  readonly payload?: { readonly files: number; readonly size: string } | undefined;
  readonly storage: readonly StorageRow[];
  /** The platform's object; absent where the job runs in this process. */
  readonly plan?: unknown;
}

/** Facts, the table of storage, and the exact object that the platform would get. */
export function formatPlan(facts: PlanFacts, options: FormatOptions): string {
  const { style } = options;
  const { job, executor, providedBy, runId, command, payload, storage, plan } = facts;
  const head = formatFields(
    [
      ["job", job],
      ["executor", providedBy === undefined ? executor : `${executor}, from ${providedBy}`],
      ["run", runId],
      ["command", command === undefined ? [] : [command.map(quoteWord).join(" ")]],
      ["payload", payload === undefined ? "" : `${payload.files} files, ${payload.size}`],
    ],
    options,
  );
  return `${[
    style.bold("Nothing is submitted. This would be:"),
    ...head,
    "",
    style.bold("Storage"),
    ...(storage.length > 0 ? formatStorage(storage, options) : ["  none"]),
    ...(plan === undefined ? [] : ["", style.bold("Plan"), formatJson(plan, style)]),
  ].join("\n")}\n`;
}

/** A table, or a block for each store where a path would not fit into its column: a path in pieces can't be copied. */
function formatStorage(storage: readonly StorageRow[], options: FormatOptions): readonly string[] {
  const rows = storage.map((row) => [row.store, row.need, row.placement, row.setUpBy]);
  const table = formatTable(storageColumns, rows, { ...options, indent: 2 });
  const text = table.join("\n");
  const words = storage.flatMap(({ need, placement }) => `${need} ${placement}`.split(" "));
  if (words.every((word) => text.includes(word))) return table;
  const fields = storage.map(({ need, placement, setUpBy }): readonly Field[] => [
    ["need", need],
    ["seen from the job", placement],
    ["set up by", setUpBy],
  ]);
  const blocks = formatFieldGroups(fields, options);
  return storage.flatMap(({ store }, index) => [
    `  ${options.style.bold(store)}`,
    ...(blocks[index] ?? []).map((line) => `  ${line}`),
  ]);
}

const storageColumns = [
  { title: "store" },
  { title: "need", shrink: "wrap" },
  { title: "seen from the job", shrink: "wrap" },
  { title: "set up by" },
] as const;
