import type { PlatformStatus } from "@runnable/plugin";

import type { JournalEntry } from "../submit/journal-entry.ts";

/** All that is known of what a platform still has of an attempt. */
export interface LeftoverFacts {
  readonly attempt: number;
  /** Undefined where the platform does not tell. */
  readonly ageMs: number | undefined;
  /** The journal's entry of its run. */
  readonly entry: Pick<JournalEntry, "attempt" | "state"> | undefined;
  /** Whether the run log has a record of its run. */
  readonly recorded: boolean;
  /** What the platform says of it now; undefined when it does not answer. */
  readonly status: PlatformStatus["state"] | undefined;
}

/** Whether to remove it, and why. */
export interface Judgement {
  readonly remove: boolean;
  readonly why: string;
}

/**
 * Only what is over is removed, and only what this project knows of: what runs, what the journal still has in hand, and what
 * nobody here has a record of is kept. `olderThanMs` keeps what is younger, and lets go of what has no record and is older.
 */
export function judgeLeftover(
  { attempt, ageMs, entry, recorded, status }: LeftoverFacts,
  olderThanMs: number | undefined,
): Judgement {
  if (status === undefined) return keep("the platform does not say whether it still runs");
  if (status !== "ended" && status !== "gone") return keep(`it is ${status}`);
  if (entry && entry.state !== "DONE" && entry.attempt <= attempt) {
    return keep("its submission is in hand");
  }
  // Young where nobody knows.
  const old = olderThanMs !== undefined && ageMs !== undefined && ageMs >= olderThanMs;
  if (olderThanMs !== undefined && !old) return keep("it is younger than asked for");
  if (entry || recorded) return { remove: true, why: "its run is over" };
  return old
    ? { remove: true, why: "it has ended long ago, and no record of its run is here" }
    : keep("no record of its run is here; --older-than removes it");
}

function keep(why: string): Judgement {
  return { remove: false, why };
}
