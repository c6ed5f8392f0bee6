import type { OutcomeRecord } from "./run-record.ts";
import type { RunRecords } from "./run-records.ts";

/**
 * How the run ended; undefined while it has not. A retry after the run's outcome adds an attempt, and the last attempt is
 * the run's: so an attempt younger than the run's outcome counts instead of it. `known`: the run's outcome, if it was read.
 */
export async function finalOutcome(
  records: RunRecords,
  known?: OutcomeRecord,
): Promise<OutcomeRecord | undefined> {
  const [run, attempts] = await Promise.all([
    known ?? records.readRunOutcome(),
    records.attempts(),
  ]);
  const last = attempts.at(-1);
  if (run && (last === undefined || last <= run.attempt)) return run;
  if (last === undefined) return undefined;
  const outcome = await records.readAttemptOutcome(last);
  return outcome?.retrying ? undefined : outcome;
}
