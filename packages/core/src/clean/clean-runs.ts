import { isOver } from "../look-back/conclude-entry.ts";
import { concludeLeft } from "../look-back/conclude-left.ts";
import { isLeft } from "../look-back/is-left.ts";
import type { Project } from "../look-back/open-project.ts";
import type { JournalEntry } from "../submit/journal-entry.ts";
import type { Cleaned, CleanOptions } from "./cleaned.ts";

/** How long a platform may take to say whether a run is over. */
const patienceMs = 30_000;

/** Submissions that the journal has in hand: those that are over and that nobody follows are concluded. */
export async function* cleanRuns(project: Project, options: CleanOptions): AsyncIterable<Cleaned> {
  for (const runId of (await project.journal.runIds()).toSorted()) {
    const entry = await project.journal.read(runId);
    if (!entry || (entry.state === "DONE" && entry.owner === "job")) continue;
    yield {
      what: "submission",
      runId,
      attempt: entry.attempt,
      ...(await cleanRun(project, entry, options)),
    };
  }
}

async function cleanRun(
  project: Project,
  entry: JournalEntry,
  options: CleanOptions,
): Promise<Pick<Cleaned, "action" | "why">> {
  if (!isLeft(entry)) return { action: "kept", why: "its client is following it" };
  const ageMs = options.nowMs - Date.parse(entry.createdAt);
  if (options.olderThanMs !== undefined && ageMs < options.olderThanMs) {
    return { action: "kept", why: "it is younger than asked for" };
  }
  try {
    return options.dryRun ? await wouldBe(project, entry) : await conclude(project, entry);
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    return { action: "failed", why: message };
  }
}

async function conclude(
  project: Project,
  { runId }: JournalEntry,
): Promise<Pick<Cleaned, "action" | "why">> {
  const looked = await concludeLeft(project, runId, { patienceMs, keepOutput: false });
  if (looked === "concluded") {
    return { action: "removed", why: "the run is over, and concluded now" };
  }
  const why = looked === undefined ? "another process has it in hand" : words[looked];
  return { action: "kept", why };
}

async function wouldBe(
  project: Project,
  entry: JournalEntry,
): Promise<Pick<Cleaned, "action" | "why">> {
  // To look for what was perhaps never submitted may keep it from ever starting: that is a change.
  if (entry.handle === undefined && entry.state !== "DONE") {
    return { action: "would be removed", why: "its client died while it submitted the run" };
  }
  const over = await isOver(project, entry, AbortSignal.timeout(patienceMs));
  return over
    ? { action: "would be removed", why: "the run is over" }
    : { action: "kept", why: words["under way"] };
}

const words = {
  "under way": "it is under way",
  "to be retried": "another attempt is due; `runnable attach` makes it",
  ended: "its output is there",
} as const;
