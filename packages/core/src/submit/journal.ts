import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { createOnce } from "../files/create-once.ts";
import { readJson } from "../files/read-json.ts";
import { replaceFile } from "../files/replace-file.ts";
import { parseEntry } from "./journal-entry.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { lockRun, type JournalLock } from "./journal-lock.ts";
import { projectUnwritable } from "./project-unwritable.ts";

/**
 * What this machine submitted: `<project>/.runnable/submissions/<run_id>.json`, written ahead of each step, so that a client
 * that died can come back. Its place depends on the project, never on the working directory.
 */
export interface Journal {
  /** INTENT of a first attempt; false when the run id has an entry. */
  readonly begin: (entry: JournalEntry) => Promise<boolean>;
  readonly write: (entry: JournalEntry) => Promise<void>;
  readonly read: (runId: string) => Promise<JournalEntry | undefined>;
  readonly remove: (runId: string) => Promise<void>;
  readonly runIds: () => Promise<readonly string[]>;
  /** Takes a run that nobody follows, to conclude it; undefined while somebody else has it. */
  readonly lock: (runId: string) => Promise<JournalLock | undefined>;
}

/** The journal of a project. */
export function openJournal(projectDirectory: string): Journal {
  const directory = join(projectDirectory, ".runnable", "submissions");
  const fileOf = (runId: string) => join(directory, `${runId}.json`);
  return {
    begin: async (entry) => {
      try {
        return await createOnce(fileOf(entry.runId), text(entry));
      } catch (error) {
        throw projectUnwritable(error, projectDirectory);
      }
    },
    write: (entry) => replaceFile(fileOf(entry.runId), text(entry)),
    read: async (runId) => {
      const value = await readJson(fileOf(runId));
      return value === undefined ? undefined : parseEntry(value, fileOf(runId));
    },
    remove: (runId) => rm(fileOf(runId), { force: true }),
    runIds: async () => {
      const names = await readdir(directory).catch(() => []);
      return names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5));
    },
    lock: (runId) => lockRun(directory, runId),
  };
}

function text(entry: JournalEntry): string {
  return `${JSON.stringify(entry, undefined, 1)}\n`;
}
