import { expect, inject, it } from "vitest";

import { openStore } from "../../packages/core/test/stores/open-store.ts";
import type { RunLog } from "../../packages/plugin/src/run-log.ts";
import { psql } from "./psql.ts";
import { configIn, storeModule } from "./test-schema.ts";

const server = inject("postgres");

it.skipIf(!server)("removes all rows of a run, and none of another", async () => {
  if (!server) return;
  const config = configIn(server, "remove-run");
  const runLog = await openStore<RunLog>(storeModule, config, "/");
  for (const runId of ["gone", "gone-not"]) await writeAll(runLog, runId);

  await runLog.removeRun?.("gone");
  await runLog.close?.();

  const tables = await psql(
    server,
    `select table_name from information_schema.columns where table_schema = '${config.schema}' and column_name = 'run_id'`,
  );
  const counts = tables.split("\n").map(async (table) => {
    const ids = await psql(server, `select run_id from ${config.schema}.${table}`);
    return [table, ids] as const;
  });
  expect(Object.fromEntries(await Promise.all(counts))).toEqual({
    run: "gone-not",
    run_outcome: "gone-not",
    claim: "gone-not",
    heartbeat: "gone-not",
    attempt_outcome: "gone-not",
    late_outcome: "gone-not",
    output: "gone-not",
  });
});

async function writeAll(runLog: RunLog, runId: string): Promise<void> {
  await runLog.create({ runId, fact: "run" }, {});
  for (const fact of ["claim", "outcome", "outcome-late"] as const) {
    await runLog.create({ runId, fact, attempt: 1 }, {});
  }
  await runLog.replace({ runId, fact: "heartbeat", attempt: 1 }, {});
  await runLog.appendOutput({ runId, attempt: 1 }, { number: 1, text: "out\n" });
  await runLog.create({ runId, fact: "outcome" }, {});
}
