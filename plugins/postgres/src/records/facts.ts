import type { FactKey, JsonObject } from "@runnable/plugin";

import type { SqlValue } from "../connection/connection.ts";
import { createdAtOf } from "./created-at.ts";
import type { TablesSession } from "./tables-session.ts";
import { rowOf } from "./tables.ts";

/** Creates a fact; false if it is there. Whoever's connection breaks finds out whether the row is theirs. */
export async function createFact(
  tables: TablesSession,
  key: FactKey,
  value: JsonObject,
): Promise<boolean> {
  const { table, columns, values } = rowOf(key);
  const writer = crypto.randomUUID();
  const created: readonly SqlValue[] = key.fact === "run" ? [createdAtOf(value)] : [];
  const all = [...columns, ...created.map(() => "created_at"), "value", "writer"];
  const { rows, again } = await tables.write(
    `insert into ${tables.name(table)} ${insertion(all)} on conflict do nothing returning 1`,
    [...values, ...created, JSON.stringify(value), writer],
  );
  if (rows.length > 0 || !again) return rows.length > 0;
  const own = await tables.read(
    `select 1 from ${tables.name(table)} where ${equal([...columns, "writer"])}`,
    [...values, writer],
  );
  return own.length > 0;
}

/** Writes over a fact, there or not. */
export async function replaceFact(
  tables: TablesSession,
  key: FactKey,
  value: JsonObject,
): Promise<void> {
  const { table, columns, values } = rowOf(key);
  await tables.write(
    `insert into ${tables.name(table)} ${insertion([...columns, "value", "writer"])}
     on conflict (${columns.join(", ")}) do update set value = excluded.value`,
    [...values, JSON.stringify(value), ""],
  );
}

function insertion(columns: readonly string[]): string {
  const numbers = columns.map((_, at) => `$${at + 1}`);
  return `(${columns.join(", ")}) values (${numbers.join(", ")})`;
}

function equal(columns: readonly string[]): string {
  return columns.map((column, at) => `${column} = $${at + 1}`).join(" and ");
}
