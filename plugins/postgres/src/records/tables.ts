import type { FactKey } from "@runnable/plugin";

import { checkRunId } from "./check-run-id.ts";

/** The row of a fact: its table, and its key's columns with their values. */
export interface Row {
  readonly table: string;
  readonly columns: readonly string[];
  readonly values: readonly (string | number)[];
}

const ofRun = { run: "run", outcome: "run_outcome" } as const;
const ofAttempt = {
  claim: "claim",
  heartbeat: "heartbeat",
  outcome: "attempt_outcome",
  "outcome-late": "late_outcome",
} as const;

/** Tables with rows of a run. */
export const tablesOfRun: readonly string[] = [
  "output",
  ...Object.values(ofAttempt),
  ofRun.outcome,
  ofRun.run,
];

/** @throws RunnableError RUN_ID_INVALID */
export function rowOf({ runId, fact, attempt }: FactKey): Row {
  checkRunId(runId);
  if (attempt === undefined && (fact === "run" || fact === "outcome")) {
    return { table: ofRun[fact], columns: ["run_id"], values: [runId] };
  }
  if (attempt === undefined || fact === "run") {
    throw new Error(`${fact} is no fact of ${attempt === undefined ? "a run" : "an attempt"}`);
  }
  return { table: ofAttempt[fact], columns: ["run_id", "attempt"], values: [runId, attempt] };
}
