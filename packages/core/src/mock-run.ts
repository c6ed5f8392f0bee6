import { randomBytes } from "node:crypto";

import type { RunResult } from "./jobs/job.ts";
import type { PreparedRun } from "./prepare/prepare-run.ts";
import type { OutcomeRecord } from "./record/run-record.ts";
import { runRecords } from "./record/run-records.ts";
import { openStore } from "./submit/open-stores.ts";
import { runRecordOf } from "./submit/run-record-of.ts";
import { setUpRunLog } from "./submit/set-up-run-log.ts";

/** A run of which everything is recorded and nothing is done (`mock: true` in the executor's config). */
export async function mockRun(run: PreparedRun): Promise<RunResult> {
  const { runId } = run;
  const runLog = await openStore(run.services.runLog, run);
  const nonce = randomBytes(16).toString("hex");
  await setUpRunLog(runLog, runRecordOf(run, { nonce, mock: true }), 1);
  const now = new Date().toISOString();
  const outcome: OutcomeRecord = {
    runId,
    attempt: 1,
    status: "succeeded",
    exitCode: 0,
    returns: {},
    metrics: {},
    catalog: [],
    startedAt: now,
    endedAt: now,
    durationMs: 0,
    by: "submitter",
  };
  await runRecords(runLog, runId).createRunOutcome(outcome);
  await runLog.close?.();
  return outcome;
}
