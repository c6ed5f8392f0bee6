import type { JournalEntry } from "../submit/journal-entry.ts";
import type { Looked } from "./conclude-entry.ts";
import { isLeft } from "./is-left.ts";
import type { Project } from "./open-project.ts";

/** How long the platform may take to answer. */
export interface ConcludeOptions {
  readonly patienceMs: number;
  /** Where only the job side sees the run log, its output can be read from the platform alone: true keeps it there, and notes the outcome. */
  readonly keepOutput: boolean;
}

/**
 * Concludes a run that is over and that nobody follows: whoever looks at it finishes what its client left. A run that is under
 * way, or that another process has in hand, is left alone.
 *
 * @returns undefined where there is nothing to conclude, or somebody else does.
 * @throws RunnableError EXECUTOR_CHANGED, CONFIG_INVALID, and what the platform's client throws.
 */
export async function concludeLeft(
  project: Project,
  runId: string,
  { patienceMs, keepOutput }: ConcludeOptions,
): Promise<Looked | undefined> {
  const { journal } = project;
  if (!isLeftEntry(await journal.read(runId))) return undefined;
  const lock = await journal.lock(runId);
  if (!lock) return undefined;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), patienceMs);
  try {
    // Once more: who had the lock before may have done it.
    const entry = await journal.read(runId);
    if (!isLeftEntry(entry)) return undefined;
    // Not before: most looks find nothing to conclude.
    const { concludeEntry } = await import("./conclude-entry.ts");
    return await concludeEntry(project, entry, { signal: patience.signal, keepOutput });
  } finally {
    clearTimeout(timer);
    await lock.release();
  }
}

function isLeftEntry(entry: JournalEntry | undefined): entry is JournalEntry {
  return entry !== undefined && isLeft(entry);
}
