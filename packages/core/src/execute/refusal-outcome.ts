import { isRunnableError, type Cause } from "@runnable/plugin";

import type { OutcomeRecord } from "../record/run-record.ts";

/** Codes of refusals whose cause is not `config`. */
const causes: { readonly [code: string]: Cause } = {
  DUPLICATE: "duplicate",
  STORAGE_NOT_SHARED: "storage",
  STORE_UNWRITABLE: "storage",
  STORE_UNREADABLE: "storage",
  RUN_ID_USED: "duplicate",
};

/** Outcome of a job side that refuses to run the job. A fault that we can't name is the platform's, and 75. */
export function refusalOutcome(runId: string, attempt: number, error: unknown): OutcomeRecord {
  const known = isRunnableError(error);
  const { message } = error instanceof Error ? error : new Error(String(error));
  const remedy = known ? error.hint : undefined;
  return {
    runId,
    attempt,
    status: "failed",
    cause: known ? (causes[error.code] ?? "config") : "platform",
    exitCode: known ? 78 : 75,
    error: {
      name: known ? error.code : "JobSideFailed",
      message,
      ...(remedy === undefined ? {} : { remedy }),
    },
    returns: {},
    metrics: {},
    catalog: [],
    endedAt: new Date().toISOString(),
    by: "job",
  };
}
