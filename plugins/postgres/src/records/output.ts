import type { OutputSegment } from "@runnable/plugin";

import { checkRunId } from "./check-run-id.ts";
import type { TablesSession } from "./tables-session.ts";

interface AttemptKey {
  readonly runId: string;
  readonly attempt: number;
}

/** Segments are up to 1 MiB. */
const atOnce = 16;

/** Keeps a segment; the same number twice keeps the first. */
export async function appendSegment(
  tables: TablesSession,
  key: AttemptKey,
  segment: OutputSegment,
): Promise<void> {
  checkRunId(key.runId);
  await tables.write(
    `insert into ${tables.name("output")} (run_id, attempt, number, text) values ($1, $2, $3, $4) on conflict do nothing`,
    [key.runId, key.attempt, segment.number, segment.text],
  );
}

/** Segments from a number on, as far as there is no gap. */
export async function* readSegments(
  tables: TablesSession,
  key: AttemptKey,
  from: number,
): AsyncGenerator<OutputSegment> {
  let next = Math.max(from, 1);
  for (;;) {
    const rows = await tables.read(
      `select number, text from ${tables.name("output")} where run_id = $1 and attempt = $2 and number >= $3 order by number limit ${atOnce}`,
      [key.runId, key.attempt, next],
    );
    for (const row of rows) {
      if (Number(row["number"]) !== next) return;
      yield { number: next, text: String(row["text"]) };
      next += 1;
    }
    if (rows.length < atOnce) return;
  }
}
