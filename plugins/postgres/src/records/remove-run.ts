import { checkRunId } from "./check-run-id.ts";
import type { TablesSession } from "./tables-session.ts";
import { tablesOfRun } from "./tables.ts";

/** Removes all rows of a run, in one transaction. */
export async function removeRun(tables: TablesSession, runId: string): Promise<void> {
  // Several statements take no values; an id that passed has no quotes.
  checkRunId(runId);
  const statements = tablesOfRun.map(
    (table) => `delete from ${tables.name(table)} where run_id = '${runId}'`,
  );
  await tables.write(statements.join("; "));
}
