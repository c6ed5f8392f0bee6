import { join } from "node:path";

import type { RunRecord } from "../record/run-record.ts";
import type { JournalEntry } from "../submit/journal-entry.ts";
import type { Project } from "./open-project.ts";

/** The journal entry that the machine which submitted a run must have: enough to find it on the platform from here. */
export function entryOfRecord(project: Project, run: RunRecord, attempt: number): JournalEntry {
  const { config } = project;
  const first = run.executor.name ?? run.runId;
  return {
    version: 1,
    runId: run.runId,
    attempt,
    name: first.replace(/-a\d+$/, `-a${attempt}`),
    state: "INTENT",
    // Its record was read from this run log, so both sides see it.
    owner: "submitter",
    nonce: run.nonce,
    executorType: run.executor.type,
    ...(config.file === undefined ? {} : { configFile: config.file }),
    workingDirectory: process.cwd(),
    job: { file: join(config.projectDirectory, run.job.file), exportName: run.job.exportName },
    parameters: run.parameters,
    createdAt: run.createdAt,
    planDigest: "",
  };
}
