import type { JsonObject } from "@runnable/plugin";

import { parseRecord } from "./parse-record.ts";
import type { TablesSession } from "./tables-session.ts";
import type { Row } from "./tables.ts";

/** A fact that somebody waits for. */
interface Wanted {
  readonly row: Row;
  readonly resolve: (value: JsonObject | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads a row's fact. What is asked for in one turn of the event loop is one statement for each table: a list of runs asks for hundreds. */
export type ReadTogether = (row: Row) => Promise<JsonObject | undefined>;

/** Reads of one session. */
export function readTogether(tables: TablesSession): ReadTogether {
  let wanted: Wanted[] = [];

  function flush(): void {
    const all = Map.groupBy(wanted, ({ row }) => row.table);
    wanted = [];
    for (const some of all.values()) void answer(tables, some);
  }

  return (row) =>
    new Promise((resolve, reject) => {
      if (wanted.push({ row, resolve, reject }) === 1) setImmediate(flush);
    });
}

async function answer(tables: TablesSession, wanted: readonly Wanted[]): Promise<void> {
  try {
    const found = await valuesOf(
      tables,
      wanted.map(({ row }) => row),
    );
    for (const { row, resolve } of wanted) {
      const text = found.get(keyOf(row.values));
      resolve(text === undefined ? undefined : parseRecord(text));
    }
  } catch (error) {
    // Those that were answered stay so.
    for (const { reject } of wanted) reject(error);
  }
}

/** Texts of the rows of one table that are there, by key. */
async function valuesOf(
  tables: TablesSession,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, unknown>> {
  const [first] = rows;
  if (!first) return new Map();
  const { table, columns } = first;
  const lists = columns.map(
    (column, at) => `$${at + 1}::${column === "attempt" ? "int" : "text"}[]`,
  );
  const found = await tables.read(
    `select ${columns.join(", ")}, value::text from ${tables.name(table)}
     where (${columns.join(", ")}) in (select * from unnest(${lists.join(", ")}))`,
    columns.map((_, at) => rows.map(({ values }) => values[at] ?? "")),
  );
  return new Map(
    found.map((row) => [keyOf(columns.map((column) => row[column])), row["value"]] as const),
  );
}

function keyOf(values: readonly unknown[]): string {
  return values.map(String).join("/");
}
