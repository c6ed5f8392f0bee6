import { isAlive } from "../files/is-alive.ts";
import { finalOutcome } from "../record/final-outcome.ts";
import { lostOutcome } from "../record/lost-outcome.ts";
import type { OutcomeRecord, RunRecord } from "../record/run-record.ts";
import type { RunRecords } from "../record/run-records.ts";

/** Records of a run that were read already. */
interface GivenRecords {
  readonly run?: RunRecord | undefined;
  readonly outcome?: OutcomeRecord | undefined;
}

/**
 * Ends the record of a run whose process is provably gone: pid, start time and boot id say so, the store was read once more, and
 * no submission is left by which a platform could be asked. Where its last attempt left an outcome that is the run's, else the
 * run is lost.
 *
 * @returns the outcome that counts, undefined while the run may live.
 */
export async function settleRun(
  records: RunRecords,
  runId: string,
  given: GivenRecords = {},
): Promise<OutcomeRecord | undefined> {
  const [run, known] = await Promise.all([
    given.run ?? records.readRun(),
    given.outcome ?? records.readRunOutcome(),
  ]);
  const final = await finalOutcome(records, known);
  if (!run || (known && final)) return final;
  const attempt = (await records.attempts()).at(-1);
  const claim = attempt === undefined ? undefined : await records.readClaim(attempt);
  if (isAlive(claim?.process ?? run.submitter) !== false) return final;
  // Only now: it may have written its outcome right before it ended.
  const written = await finalOutcome(records);
  if (written) {
    await records.createRunOutcome(written);
    return written;
  }
  const message =
    claim === undefined
      ? "the process that asked for the run ended before the job began"
      : `process ${claim.process.pid} on ${claim.process.host} is gone and left no outcome`;
  const lost = lostOutcome({ runId, attempt: attempt ?? 1 }, "unknown", message);
  if (claim) await records.createAttemptOutcome(lost);
  await records.createRunOutcome(lost);
  return (await finalOutcome(records)) ?? lost;
}
