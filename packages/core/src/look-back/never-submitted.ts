import { rm } from "node:fs/promises";

import type { RunResult } from "../jobs/job.ts";
import { lostOutcome } from "../record/lost-outcome.ts";
import { runRecords } from "../record/run-records.ts";
import { toJson } from "../record/to-json.ts";
import type { JournalEntry } from "../submit/journal-entry.ts";
import { stageDirectoryOf } from "../submit/stage-directory.ts";
import type { Project } from "./open-project.ts";

/** Ends a run whose client died between the journal and the platform: nothing runs, and nothing will. */
export async function neverSubmitted(project: Project, entry: JournalEntry): Promise<RunResult> {
  const { runId, owner } = entry;
  const { journal, runLog } = project;
  const lost = lostOutcome(
    entry,
    "platform",
    `${entry.executorType} never got the run: the client ended before`,
  );
  const records = runRecords(runLog, runId);
  const known = owner === "job" ? undefined : await records.readRunOutcome();
  const outcome = known ?? lost;
  if (owner !== "job" && !known) await records.createRunOutcome(lost);
  await journal.write({ ...entry, state: "DONE", outcome: toJson(outcome) });
  if (owner !== "job") await journal.remove(runId);
  await removeStage(project, entry);
  return outcome;
}

/** Removes what a client made that died before it wrote the journal, or after it removed the entry. */
export async function removeStage(
  { config }: Project,
  attempt: Parameters<typeof stageDirectoryOf>[1],
): Promise<void> {
  await rm(stageDirectoryOf(config.projectDirectory, attempt), { recursive: true, force: true });
}
