import type { RunRecords } from "../record/run-records.ts";

/** How silence is judged and told. */
export interface HeartbeatWatchOptions {
  readonly onNotice: (message: string) => void;
  /** Milliseconds, of this reader's own clock: clocks of two machines are not compared. Default 30 s; heartbeats come every 5 s. */
  readonly silenceMs?: number;
  /** Milliseconds, of any clock that does not go back. */
  readonly now?: () => number;
}

type WatchedRecords = Pick<RunRecords, "attempts" | "readClaim" | "readHeartbeat">;

/** A look at the newest attempt's heartbeat, to be repeated: tells once that it has been silent for too long, and once that it goes on. */
export function watchHeartbeat(
  records: WatchedRecords,
  { onNotice, silenceMs = 30_000, now = () => performance.now() }: HeartbeatWatchOptions,
): () => Promise<void> {
  let beat = { attempt: 0, counter: -1 };
  let heardAt = now();
  let lookedAt = -Infinity;
  let silent = false;

  return async () => {
    if (now() - lookedAt < silenceMs / 10) return;
    lookedAt = now();
    const seen = await newestBeat(records);
    if (seen === undefined) return;
    if (seen.attempt !== beat.attempt || seen.counter !== beat.counter) {
      if (silent) onNotice("the job responds again");
      silent = false;
      beat = seen;
      heardAt = now();
    } else if (!silent && now() - heardAt >= silenceMs) {
      silent = true;
      onNotice(
        `unresponsive: no heartbeat of attempt ${beat.attempt} for ${Math.round(silenceMs / 1000)} s; waiting on`,
      );
    }
  };
}

/** Undefined where no heartbeat is to be expected: before the claim, and of a job in its submitter's process. */
async function newestBeat(
  records: WatchedRecords,
): Promise<{ readonly attempt: number; readonly counter: number } | undefined> {
  const attempt = (await records.attempts()).at(-1);
  if (attempt === undefined) return undefined;
  const [claim, heartbeat] = await Promise.all([
    records.readClaim(attempt),
    records.readHeartbeat(attempt),
  ]);
  return claim?.mode === "supervised" ? { attempt, counter: heartbeat?.counter ?? 0 } : undefined;
}
