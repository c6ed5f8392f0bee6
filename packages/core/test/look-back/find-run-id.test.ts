import { expect, it } from "vitest";

import { findRunId } from "../../src/look-back/find-run-id.ts";
import type { Project } from "../../src/look-back/open-project.ts";
import { runRecords } from "../../src/record/run-records.ts";
import type { JournalEntry } from "../../src/submit/journal-entry.ts";
import { openJournal } from "../../src/submit/journal.ts";
import { memoryRecords, runRecord } from "../memory-records.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

it.each([
  ["train-1", "train-1"],
  ["test-2", "test-2"],
  ["tes", "test-2"],
  ["far", "far-1"],
  ["latest", "far-1"],
])("%j is run %s, of the run log or of the submissions", async (word, expected) => {
  await using files = await temporaryDirectory();
  const project = await projectWith(files.directory);

  expect(await findRunId(project, word)).toBe(expected);
});

it.each([
  ["t", "RUN_AMBIGUOUS"],
  ["none", "RUN_NOT_FOUND"],
])("%j is refused with %s", async (word, code) => {
  await using files = await temporaryDirectory();
  const project = await projectWith(files.directory);

  await expect(findRunId(project, word)).rejects.toMatchObject({ code });
});

/** Two runs in the run log, and a younger one whose run log is out of reach. */
async function projectWith(directory: string): Promise<Project> {
  const { log } = await memoryRecords();
  const runIds = ["train-1", "test-2"];
  await Promise.all(runIds.map((runId) => runRecords(log, runId).createRun(runRecord({ runId }))));
  const journal = openJournal(directory);
  await journal.begin(entry("far-1"));
  return { runLog: log, journal } as Project;
}

function entry(runId: string): JournalEntry {
  return {
    version: 1,
    runId,
    attempt: 1,
    name: `rn-${runId}-a1`,
    state: "HANDLE",
    owner: "job",
    nonce: "nonce",
    executorType: "my-platform",
    workingDirectory: "/",
    job: { file: "/job.ts", exportName: "default" },
    parameters: {},
    createdAt: "2026-11-25T09:00:00.000Z",
    planDigest: "",
  };
}
