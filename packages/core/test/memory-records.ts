import type { RunLog } from "@runnable/plugin";

import { processIdentity } from "../src/files/process-identity.ts";
import type { OutcomeRecord, ProcessIdentity, RunRecord } from "../src/record/run-record.ts";
import { runRecords, type RunRecords } from "../src/record/run-records.ts";
import buffered from "../src/stores/buffered-run-log.ts";

/** The id of the run that these records are of. */
export const runId = "run-1";

/** Records in the memory of this process. */
export async function memoryRecords(): Promise<{
  readonly log: RunLog;
  readonly records: RunRecords;
}> {
  const log = await buffered.definition.open({}, { baseDirectory: "/", credentials: {} });
  return { log, records: runRecords(log, runId) };
}

/** A run that this process asked for. */
export function runRecord(more: Partial<RunRecord> = {}): RunRecord {
  return {
    version: 1,
    runId,
    job: { name: "job", kind: "function", file: "job.ts", exportName: "default" },
    parameters: {},
    config: {},
    executor: { type: "local", package: "@runnable/local", version: "0", digest: "" },
    submitter: processIdentity(),
    createdAt: "2026-11-25T08:00:00.000Z",
    createdBy: "submitter",
    nonce: "nonce",
    ...more,
  };
}

/** An attempt that succeeded. */
export function outcomeRecord(more: Partial<OutcomeRecord> = {}): OutcomeRecord {
  return {
    runId,
    attempt: 1,
    status: "succeeded",
    exitCode: 0,
    returns: {},
    metrics: {},
    catalog: [],
    endedAt: "2026-11-25T08:01:00.000Z",
    by: "job",
    ...more,
  };
}

/** A process of this boot that is gone: its id is another's by now. */
export function deadProcess(): ProcessIdentity {
  return { ...processIdentity(), startedAt: "1" };
}
