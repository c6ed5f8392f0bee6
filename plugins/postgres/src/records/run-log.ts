import type { RunLog } from "@runnable/plugin";

import { locationOf } from "../connection/explained.ts";
import type { Server } from "../connection/server.ts";
import { createFact, replaceFact } from "./facts.ts";
import { attemptNumbers, idsWithPrefix, newestRuns } from "./lists.ts";
import { appendSegment, readSegments } from "./output.ts";
import { parseRecord } from "./parse-record.ts";
import { readRows } from "./read-rows.ts";
import { removeRun } from "./remove-run.ts";
import { openTables } from "./tables-session.ts";
import { rowOf, type Row } from "./tables.ts";
import { together } from "./together.ts";

/** The run log in the tables of a server's schema. Nothing is connected before the first call. */
export function openRunLog(server: Server): RunLog {
  const tables = openTables(server);
  const readRow = together((rows: readonly Row[]) => readRows(tables, rows));
  const attempts = together((runIds: readonly string[]) => attemptNumbers(tables, runIds));
  return {
    location: locationOf(server),
    create: (key, value) => createFact(tables, key, value),
    read: async (key) => {
      const text = await readRow(rowOf(key));
      return text === undefined ? undefined : parseRecord(text);
    },
    replace: (key, value) => replaceFact(tables, key, value),
    appendOutput: (key, segment) => appendSegment(tables, key, segment),
    readOutput: (key, from) => readSegments(tables, key, from),
    attempts,
    list: ({ limit }) => newestRuns(tables, limit),
    findIds: (prefix, limit) => idsWithPrefix(tables, prefix, limit),
    storeId: async ({ create }) => {
      const text = `select id from ${tables.name("store")}`;
      const rows = create ? (await tables.write(text, [])).rows : await tables.read(text, []);
      return rows.map((row) => String(row["id"]))[0];
    },
    removeRun: (runId) => removeRun(tables, runId),
    close: tables.close,
  };
}
