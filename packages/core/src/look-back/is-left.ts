import { isAlive } from "../files/is-alive.ts";
import type { JournalEntry } from "../submit/journal-entry.ts";

/** Whether nobody is there to conclude a submission: its client is gone, or had never meant to wait. */
export function isLeft({ state, owner, submitter, detached = false }: JournalEntry): boolean {
  // Where the store is out of reach, the last entry is the run's record.
  if (state === "DONE") return owner !== "job";
  if (detached && state !== "INTENT") return true;
  return submitter === undefined || isAlive(submitter) === false;
}
