import type { RunRecords } from "../record/run-records.ts";

const intervalMs = 5000;

/** A heartbeat until `end`. */
export interface Heartbeat {
  readonly end: () => void;
}

/**
 * Writes `heartbeat.json` every 5 s, and looks whether somebody else has ended this attempt: then it is not ours any more, and
 * `fence` must stop the job. A store that can't be reached for a while stops nothing.
 */
export function beginHeartbeat(
  records: RunRecords | undefined,
  attempt: number,
  fence: () => void,
): Heartbeat {
  if (!records) return { end: () => undefined };
  let counter = 0;
  const beat = async () => {
    counter += 1;
    await records.beat(attempt, { counter, at: new Date().toISOString() });
    if ((await records.readAttemptOutcome(attempt)) !== undefined) fence();
  };
  const timer = setInterval(() => void beat().catch(() => undefined), intervalMs);
  return { end: () => clearInterval(timer) };
}
