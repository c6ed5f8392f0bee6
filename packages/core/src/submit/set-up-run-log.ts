import { RunnableError, type RunLog } from "@runnable/plugin";

import type { RunRecord } from "../record/run-record.ts";
import { runRecords } from "../record/run-records.ts";

/**
 * Creates run.json where the submitter owns the run log. A further attempt finds its own.
 *
 * @throws RunnableError RUN_ID_USED when the id is somebody else's.
 */
export async function setUpRunLog(
  runLog: RunLog | undefined,
  record: RunRecord,
  attempt: number,
): Promise<void> {
  if (!runLog) return;
  const records = runRecords(runLog, record.runId);
  if (await records.createRun(record)) return;
  if (attempt > 1 && (await records.readRun())?.nonce === record.nonce) return;
  throw runIdUsed(record.runId, runLog.location);
}

/** The error for an id that is taken. */
export function runIdUsed(runId: string, where: string): RunnableError {
  return new RunnableError("RUN_ID_USED", `run id ${runId} is used in ${where}`, {
    hint: "Give another id, or none; `runnable retry` tries a run again, `runnable attach` follows it.",
    exitCode: 78,
  });
}
