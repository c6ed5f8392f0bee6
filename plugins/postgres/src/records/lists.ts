import type { ListedRun } from "@runnable/plugin";

import type { TablesSession } from "./tables-session.ts";

/** Newest first, by the index on the time. */
export async function newestRuns(
  tables: TablesSession,
  limit: number,
): Promise<readonly ListedRun[]> {
  const rows = await tables.read(
    `select run_id, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as iso
     from ${tables.name("run")} order by created_at desc, run_id desc limit $1`,
    [limit],
  );
  return rows.map((row) => ({ runId: String(row["run_id"]), createdAt: String(row["iso"]) }));
}

/** Ids that begin with a prefix, sorted. */
export async function idsWithPrefix(
  tables: TablesSession,
  prefix: string,
  limit: number,
): Promise<readonly string[]> {
  // `~` comes after all characters of an id; `like` would take `_` for any.
  const rows = await tables.read(
    `select run_id from ${tables.name("run")}
     where run_id >= $1 and run_id < $1 || '~' order by run_id limit $2`,
    [prefix, limit],
  );
  return rows.map((row) => String(row["run_id"]));
}

/** Numbers of the attempts of some runs that have a claim or an outcome, ascending. */
export async function attemptNumbers(
  tables: TablesSession,
  runIds: readonly string[],
): Promise<readonly (readonly number[])[]> {
  const rows = await tables.read(
    `select run_id, attempt from ${tables.name("claim")} where run_id = any($1::text[])
     union select run_id, attempt from ${tables.name("attempt_outcome")} where run_id = any($1::text[])
     order by attempt`,
    [runIds],
  );
  const byRun = Map.groupBy(rows, (row) => row["run_id"]);
  return runIds.map((runId) => (byRun.get(runId) ?? []).map((row) => Number(row["attempt"])));
}
