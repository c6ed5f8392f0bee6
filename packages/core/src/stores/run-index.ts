import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import type { ListedRun } from "@runnable/plugin";

import { createOnce } from "../files/create-once.ts";
import { namesIn } from "../files/names-in.ts";
import { readJson } from "../files/read-json.ts";
import { createdAtOf } from "./created-at.ts";
import { factPath } from "./fact-path.ts";

/** The index of a run log folder. It holds nothing that the records don't: it may be removed. */
export interface RunIndex {
  /** Takes a run id; false if another id that differs only in case has it. The same id may be taken again: `run.json` decides. */
  readonly takeId: (runId: string) => Promise<boolean>;
  /** Enters a run, before its `run.json` is there. */
  readonly enter: (runId: string, createdAt: string) => Promise<void>;
  /** Removes a run's entry and gives its id back. */
  readonly leave: (runId: string, createdAt: string) => Promise<void>;
  /** Runs that have a `run.json`, newest first. */
  readonly list: (limit: number) => Promise<readonly ListedRun[]>;
}

/** Names of the directories of dates, hours, and minutes with seconds. */
const levels = [/^\d{4}-\d\d-\d\d$/, /^\d\d$/, /^\d\d-\d\d$/] as const;
const runIdShape = /^[\w-][\w.-]{0,199}$/;

/**
 * The index of a folder: `.index/ids/<lower-cased id>` holds the id, `.index/<yyyy-mm-dd>/<hh>/<mm-ss>/<mmm>-<id>` is empty.
 * A directory for each second that saw a run keeps directories small: one of 100,000 names takes 50 ms to read.
 * `asideIn` is for files that are not yet whole.
 */
export function runIndex(folder: string, asideIn: string): RunIndex {
  const index = join(folder, ".index");
  const options = { durable: false, asideIn };
  return {
    takeId: async (runId) => {
      const path = join(index, "ids", runId.toLowerCase());
      if (await createOnce(path, runId, options)) return true;
      const owner = await readOwner(path);
      return owner === "" || owner === runId;
    },
    enter: async (runId, createdAt) => {
      await createOnce(join(index, entryPath(runId, createdAt)), "", options);
    },
    leave: async (runId, createdAt) => {
      await rm(join(index, entryPath(runId, createdAt)), { force: true });
      await rm(join(index, "ids", runId.toLowerCase()), { force: true });
    },
    list: (limit) => list(folder, index, limit),
  };
}

/** Empty while somebody is about to write it (see `reserveOnce`), and for good after a power failure. */
async function readOwner(path: string): Promise<string> {
  const owner = await readFile(path, "utf8");
  if (owner !== "") return owner;
  await setTimeout(100);
  return readFile(path, "utf8");
}

/** `2026-11-25T08:03:17.123Z` → `2026-11-25/08/03-17/123-<id>`. */
function entryPath(runId: string, createdAt: string): string {
  const [date = "", hour = "", minute, second, milliseconds] = createdAt.split(/[T:.Z]/);
  return join(date, hour, `${minute}-${second}`, `${milliseconds}-${runId}`);
}

async function list(folder: string, index: string, limit: number): Promise<readonly ListedRun[]> {
  const found = new Map<string, ListedRun>();
  const hasIndex = (await namesIn(index)).some((name) => levels[0].test(name));
  for await (const run of hasIndex ? entries(index, []) : records(folder)) {
    if (found.size >= limit) break;
    if (found.has(run.runId)) continue;
    const record = join(folder, factPath({ runId: run.runId, fact: "run" }));
    if (existsSync(record)) found.set(run.runId, run);
  }
  return [...found.values()];
}

/** Entries below a part of the index, newest first; no more is read than is asked for. */
async function* entries(index: string, parts: readonly string[]): AsyncGenerator<ListedRun> {
  const level = levels[parts.length];
  const names = newestFirst(await namesIn(join(index, ...parts)), level ?? /^\d{3}-/);
  for (const name of names) {
    if (level === undefined) {
      const [date, hour, second = ""] = parts;
      const createdAt = `${date}T${hour}:${second.replace("-", ":")}.${name.slice(0, 3)}Z`;
      const runId = name.slice(4);
      if (runIdShape.test(runId)) yield { runId, createdAt };
    } else {
      yield* entries(index, [...parts, name]);
    }
  }
}

/** The slow way: every record is read. */
async function* records(folder: string): AsyncGenerator<ListedRun> {
  const runs: ListedRun[] = [];
  for (const runId of newestFirst(await namesIn(folder), runIdShape)) {
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
