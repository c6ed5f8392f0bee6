import { rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import {
  defineRunLogStore,
  type FactKey,
  type JsonObject,
  type RunLog,
  type Schema,
  type StoreFactory,
} from "@runnable/plugin";
import * as z from "zod/mini";

import { createOnceSync } from "../files/create-once-sync.ts";
import { createOnce } from "../files/create-once.ts";
import { namesIn } from "../files/names-in.ts";
import { readJson } from "../files/read-json.ts";
import { removeLeftovers } from "../files/remove-leftovers.ts";
import { replaceFile } from "../files/replace-file.ts";
import { attemptNumbers } from "./attempt-numbers.ts";
import { createdAtOf } from "./created-at.ts";
import { factPath } from "./fact-path.ts";
import { readSegments, segmentPath } from "./output-segments.ts";
import { runIndex } from "./run-index.ts";
import { storageError } from "./storage-error.ts";
import { storeIdOf } from "./store-id.ts";

/** `run-log-store.config` of file-system. */
export interface FileSystemRunLogConfig {
  /** Directory of the records; relative to the project directory. Default `.run_log_store`. */
  readonly log_folder: string;
}

/** Schema of {@link FileSystemRunLogConfig}. */
export const fileSystemRunLogConfig: Schema<
  { readonly log_folder?: string | undefined },
  FileSystemRunLogConfig
> = z.strictObject({
  log_folder: z._default(z.string().check(z.minLength(1)), ".run_log_store"),
});

/** Records as JSON files, one a fact: `<log_folder>/<run_id>/…`. Several processes and machines may write at once. */
const fileSystemRunLog: StoreFactory<typeof fileSystemRunLogConfig, RunLog, "run-log-store"> =
  defineRunLogStore({
    config: fileSystemRunLogConfig,
    needs: ({ log_folder }, { baseDirectory }) => [
      {
        id: "run-log",
        access: "write",
        kind: "path",
        path: resolve(baseDirectory, log_folder),
        what: "directory",
        why: "the run log is a directory of files",
      },
    ],
    relocate: (config, placements) => {
      const placed = placements.find(({ need }) => need.id === "run-log")?.placement;
      return { ...config, ...(placed?.at === "path" ? { log_folder: placed.path } : {}) };
    },
    open: ({ log_folder }, { baseDirectory }) => openFolder(resolve(baseDirectory, log_folder)),
  });

export default fileSystemRunLog;

function openFolder(folder: string): RunLog {
  const asideIn = join(folder, ".runnable", "aside");
  const index = runIndex(folder, asideIn);
  const at = (key: FactKey) => join(folder, factPath(key));
  const write = (key: FactKey, value: JsonObject) =>
    createOnce(at(key), textOf(value), { asideIn });

  return {
    location: `directory ${folder}`,
    create: (key, value) =>
      writing(folder, () => (key.fact === "run" ? createRun(key, value) : write(key, value))),
    createSync: (key, value) =>
      writingSync(folder, () => createOnceSync(at(key), textOf(value), { asideIn })),
    read: (key) => readJson(at(key)),
    replace: (key, value) =>
      writing(folder, () => replaceFile(at(key), textOf(value), { asideIn, durable: false })),
    appendOutput: (key, { number, text }) =>
      writing(folder, async () => {
        await createOnce(join(folder, segmentPath(key, number)), text, { asideIn });
      }),
    appendOutputSync: (key, { number, text }) =>
      writingSync(folder, () => {
        createOnceSync(join(folder, segmentPath(key, number)), text, { asideIn });
      }),
    readOutput: (key, from) => readSegments(folder, key, from),
    attempts: (runId) => attemptNumbers(folder, runId),
    list: ({ limit }) => index.list(limit),
    findIds: async (prefix, limit) =>
      (await namesIn(folder))
        .filter((name) => name.startsWith(prefix) && !name.startsWith("."))
        .toSorted()
        .slice(0, limit),
    removeRun: (runId) => writing(folder, () => removeRun(runId)),
    storeId: (options) => writing(folder, () => storeIdOf(folder, options)),
  };

  async function createRun(key: FactKey, value: JsonObject): Promise<boolean> {
    // The path first: it refuses an id that would lead elsewhere.
    const path = at(key);
    if (!(await index.takeId(key.runId))) return false;
    if ((await readJson(path)) !== undefined) return false;
    // Entered first: a crash then leaves an entry without a record, which list() skips, never a record that it doesn't know.
    await index.enter(key.runId, createdAtOf(value));
    const [created] = await Promise.all([write(key, value), removeLeftovers(asideIn)]);
    return created;
  }

  async function removeRun(runId: string): Promise<void> {
    const key = { runId, fact: "run" } as const;
    const record = await readJson(at(key));
    await rm(dirname(at(key)), { recursive: true, force: true });
    if (record !== undefined) await index.leave(runId, createdAtOf(record));
  }
}

function textOf(value: JsonObject): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

async function writing<T>(folder: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw unwritable(error, folder);
  }
}

function writingSync<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw unwritable(error, folder);
  }
}

function unwritable(error: unknown, directory: string): unknown {
  return storageError(error, { directory, key: "run-log-store.config.log_folder" });
}
