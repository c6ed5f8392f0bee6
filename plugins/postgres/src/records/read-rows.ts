import type { TablesSession } from "./tables-session.ts";
import type { Row } from "./tables.ts";

/** Texts of the facts in some rows; undefined for those that are not there. One statement for each table. */
export async function readRows(
  tables: TablesSession,
  rows: readonly Row[],
): Promise<readonly (string | undefined)[]> {
  const byTable = Map.groupBy(rows, ({ table }) => table);
  const found = await Promise.all([...byTable.values()].map((some) => readTable(tables, some)));
  const all = new Map(found.flat());
  return rows.map(({ table, values }) => all.get(keyOf(table, values)));
}

async function readTable(
  tables: TablesSession,
  rows: readonly Row[],
): Promise<readonly (readonly [key: string, text: string])[]> {
  const [first] = rows;
  if (!first) return [];
  const { table, columns } = first;
  const lists = columns.map((column, at) => `$${at + 1}::${typeOf(column)}[]`);
  const found = await tables.read(
    `select ${columns.join(", ")}, value::text from ${tables.name(table)}
     where (${columns.join(", ")}) in (select * from unnest(${lists.join(", ")}))`,
    columns.map((_, at) => rows.map(({ values }) => values[at] ?? "")),
  );
  return found.map((row) => {
    const values = columns.map((column) => row[column]);
    return [keyOf(table, values), String(row["value"])] as const;
  });
}

function typeOf(column: string): string {
  return column === "attempt" ? "int" : "text";
}

function keyOf(table: string, values: readonly unknown[]): string {
  return [table, ...values].join("/");
}
