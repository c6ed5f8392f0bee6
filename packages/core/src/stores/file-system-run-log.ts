import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import {
  defineRunLogStore,
  type FactKey,
  type JsonObject,
  type OutputSegment,
  type RunLog,
  type Schema,
  type StoreFactory,
} from "@runnable/plugin";
import * as z from "zod/mini";

import { createOnceSync } from "../files/create-once-sync.ts";
import { createOnce } from "../files/create-once.ts";
import { errorCode } from "../files/error-code.ts";
import { readJson } from "../files/read-json.ts";
import { replaceFile } from "../files/replace-file.ts";
import { attemptNumbers } from "./attempt-numbers.ts";
import { createdAtOf } from "./created-at.ts";
import { attemptPath, factPath, type AttemptKey } from "./fact-path.ts";
import { runIndex, type RunIndex } from "./run-index.ts";
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
  const index = runIndex(folder);
  const at = (key: FactKey) => join(folder, factPath(key));
  return {
    location: `directory ${folder}`,
    create: (key, value) => writing(folder, () => create(key, value, { path: at(key), index })),
    createSync: (key, value) => createFactSync(at(key), value, folder),
    read: (key) => readJson(at(key)),
    replace: (key, value) =>
      writing(folder, () => replaceFile(at(key), textOf(value), { durable: false })),
    appendOutput: (key, { number, text }) =>
      writing(folder, async () => void (await createOnce(segmentPath(folder, key, number), text))),
    readOutput: (key, from) => readSegments(folder, key, from),
    attempts: (runId) => attemptNumbers(folder, runId),
    list: ({ limit }) => index.list(limit),
    findIds: index.findIds,
    storeId: (options) => writing(folder, () => storeIdOf(folder, options)),
  };
}

async function create(
  key: FactKey,
  value: JsonObject,
  { path, index }: { readonly path: string; readonly index: RunIndex },
): Promise<boolean> {
  if (key.fact === "run") {
    if (!(await index.takeId(key.runId))) return false;
    // Entered first, so that a crash leaves no record that the index doesn't know; list() skips an entry without record.
    if ((await readJson(path)) !== undefined) return false;
    await index.enter(key.runId, createdAtOf(value));
  }
  return createOnce(path, textOf(value));
}

function createFactSync(path: string, value: JsonObject, folder: string): boolean {
  try {
    return createOnceSync(path, textOf(value));
  } catch (error) {
    throw unwritable(error, folder);
  }
}

async function* readSegments(
  folder: string,
  key: AttemptKey,
  from: number,
): AsyncGenerator<OutputSegment> {
  for (let number = Math.max(from, 1); ; number += 1) {
    const text = await readIfThere(segmentPath(folder, key, number));
    if (text === undefined) return;
    yield { number, text };
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function segmentPath(folder: string, key: AttemptKey, number: number): string {
  return join(folder, attemptPath(key), "output", `${String(number).padStart(8, "0")}.ndjson`);
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

function unwritable(error: unknown, directory: string): unknown {
  return storageError(error, { directory, key: "run-log-store.config.log_folder" });
}
