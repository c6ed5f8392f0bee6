import type { RunLog } from "@runnable/plugin";

import type { OutcomeRecord } from "./run-record.ts";
import { runRecords, type RunRecords } from "./run-records.ts";

/**
 * Milliseconds from the beginning of the first of the attempts that followed each other by themselves to the end of the run; an
 * attempt that somebody made by hand later begins anew. Undefined where nobody knows when the job began.
 */
export async function runDurationMs(
  records: Pick<RunRecords, "readAttemptOutcome">,
  { attempt, startedAt, endedAt, durationMs }: OutcomeRecord,
): Promise<number | undefined> {
  let began = startedAt;
  for (let number = attempt - 1; number >= 1; number -= 1) {
    const earlier = await records.readAttemptOutcome(number);
    if (!earlier?.retrying) break;
    began = earlier.startedAt ?? began;
  }
  if (began === undefined || began === startedAt) return durationMs;
  return Date.parse(endedAt) - Date.parse(began);
}

/** An outcome with the duration of its run. `earlier`: what the job side told of attempts before, where no run log is here. */
export async function withRunDuration(
  runLog: RunLog | undefined,
  outcome: OutcomeRecord,
  earlier: readonly OutcomeRecord[] = [],
): Promise<OutcomeRecord> {
  const known = {
    readAttemptOutcome: async (n: number) => earlier.find((one) => one.attempt === n),
  };
  const records = runLog === undefined ? known : runRecords(runLog, outcome.runId);
  const durationMs = await runDurationMs(records, outcome);
  return { ...outcome, ...(durationMs === undefined ? {} : { durationMs }) };
}
