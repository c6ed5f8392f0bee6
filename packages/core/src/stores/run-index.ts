import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import type { ListedRun } from "@runnable/plugin";

import { createOnce } from "../files/create-once.ts";
import { namesIn } from "../files/names-in.ts";
import { readJson } from "../files/read-json.ts";
import { createdAtOf } from "./created-at.ts";
import { factPath } from "./fact-path.ts";

/** The date index of a run log folder. It holds nothing that the records don't: it may be removed. */
export interface RunIndex {
  /** Takes a run id; false if another id that differs only in case has it. The same id may be taken again: `run.json` decides. */
  readonly takeId: (runId: string) => Promise<boolean>;
  /** Enters a run, before its `run.json` is there. */
  readonly enter: (runId: string, createdAt: string) => Promise<void>;
  /** Runs that have a `run.json`, newest first. */
  readonly list: (limit: number) => Promise<readonly ListedRun[]>;
  readonly findIds: (prefix: string, limit: number) => Promise<readonly string[]>;
}

const plain = { durable: false } as const;

/**
 * The index of a folder. Layout: `.index/ids/<lower-cased id>` holds the id; `.index/<yyyy-mm-dd>/<hh-mm>/<ss.mmm>-<id>` is empty.
 * A directory for each minute keeps them small: a directory of 100,000 names takes 50 ms to read.
 */
export function runIndex(folder: string): RunIndex {
  const index = join(folder, ".index");
  return {
    takeId: (runId) => takeId(join(index, "ids", runId.toLowerCase()), runId),
    enter: async (runId, createdAt) => {
      await createOnce(join(index, entryPath(runId, createdAt)), "", plain);
    },
    list: (limit) => list(folder, index, limit),
    findIds: async (prefix, limit) =>
      (await namesIn(folder))
        .filter((name) => name.startsWith(prefix) && !name.startsWith("."))
        .toSorted()
        .slice(0, limit),
  };
}

async function takeId(path: string, runId: string): Promise<boolean> {
  if (await createOnce(path, runId, plain)) return true;
  return (await readFile(path, "utf8")) === runId;
}

/** `2026-11-25T08:03:17.123Z` → `2026-11-25/08-03/17.123-<id>`. */
function entryPath(runId: string, createdAt: string): string {
  const [date = "", time = ""] = createdAt.split("T");
  const [hours, minutes, seconds = ""] = time.split(":");
  return join(date, `${hours}-${minutes}`, `${seconds.replace("Z", "")}-${runId}`);
}

async function list(folder: string, index: string, limit: number): Promise<readonly ListedRun[]> {
  const found = new Map<string, ListedRun>();
  for await (const run of (await namesIn(index)).length > 0 ? entries(index) : records(folder)) {
    if (found.size >= limit) break;
    if (!found.has(run.runId) && (await isThere(join(folder, factPath({ ...run, fact: "run" }))))) {
      found.set(run.runId, run);
    }
  }
  return [...found.values()];
}

async function* entries(index: string): AsyncGenerator<ListedRun> {
  for (const date of newestFirst(await namesIn(index), /^\d{4}-\d\d-\d\d$/)) {
    for (const minute of newestFirst(await namesIn(join(index, date)), /^\d\d-\d\d$/)) {
      for (const name of newestFirst(await namesIn(join(index, date, minute)), /^\d\d\.\d{3}-\w/)) {
        const createdAt = `${date}T${minute.replace("-", ":")}:${name.slice(0, 6)}Z`;
        yield { runId: name.slice(7), createdAt };
      }
    }
  }
}

/** The slow way: every record is read. */
async function* records(folder: string): AsyncGenerator<ListedRun> {
  const runs: ListedRun[] = [];
  for (const runId of newestFirst(await namesIn(folder), /^\w[\w.-]*$/)) {
    const record = await readJson(join(folder, runId, "run.json")).catch(() => undefined);
    if (record !== undefined) runs.push({ runId, createdAt: createdAtOf(record) });
  }
  yield* runs.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

function newestFirst(names: readonly string[], shape: RegExp): readonly string[] {
  return names
    .filter((name) => shape.test(name))
    .toSorted()
    .toReversed();
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
