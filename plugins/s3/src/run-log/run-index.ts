import type { JsonObject, ListedRun } from "@runnable/plugin";

import type { Objects } from "../client/objects.ts";
import { factKey } from "./run-keys.ts";

/** The index of a run log. It holds nothing that the records don't. */
export interface RunIndex {
  /** Takes a run id; false if another id that differs only in case has it. The same id may be taken again: `run.json` decides. */
  readonly takeId: (runId: string) => Promise<boolean>;
  /** Enters a run, before its `run.json` is there. */
  readonly enter: (runId: string, run: JsonObject) => Promise<void>;
  /** Takes a run out again, and its id. */
  readonly leave: (runId: string, run: JsonObject) => Promise<void>;
  /** Runs that have a `run.json`, newest first. */
  readonly list: (limit: number) => Promise<readonly ListedRun[]>;
}

/** Times are written as what is missing to this, in ms: a server lists by the order of bytes, and so gives the newest first. */
const endOfTime = 9_999_999_999_999;
const digits = String(endOfTime).length;

/** `.index/ids/<lower-cased id>` holds the id; `.index/newest-first/<13 digits>-<id>` is empty. */
export function runIndex(objects: Objects): RunIndex {
  return {
    takeId: async (runId) => {
      const key = idKey(runId);
      return (await objects.create(key, runId)) || (await objects.read(key)) === runId;
    },
    enter: async (runId, run) => {
      await objects.create(entryKey(runId, createdAtOf(run)), "");
    },
    leave: async (runId, run) => {
      await objects.remove(entryKey(runId, createdAtOf(run)));
      await objects.remove(idKey(runId));
    },
    list: (limit) => list(objects, limit),
  };
}

const entries = ".index/newest-first/";

function idKey(runId: string): string {
  return `.index/ids/${runId.toLowerCase()}`;
}

function entryKey(runId: string, createdAt: Date): string {
  const before = endOfTime - createdAt.getTime();
  return `${entries}${String(before).padStart(digits, "0")}-${runId}`;
}

/** As the record says; the present time for one that doesn't. */
function createdAtOf({ createdAt }: JsonObject): Date {
  const time = typeof createdAt === "string" ? new Date(createdAt) : new Date();
  return Number.isNaN(time.getTime()) ? new Date() : time;
}

async function list(objects: Objects, limit: number): Promise<readonly ListedRun[]> {
  const found = new Map<string, ListedRun>();
  const waiting: ListedRun[] = [];

  async function look(): Promise<void> {
    const looked = waiting.splice(0);
    const there = await Promise.all(
      looked.map(({ runId }) => objects.has(factKey({ runId, fact: "run" }))),
    );
    for (const [index, run] of looked.entries()) {
      if (there[index] === true && !found.has(run.runId)) found.set(run.runId, run);
    }
  }

  if (limit <= 0) return [];
  for await (const key of objects.list(entries, { pageSize: Math.min(1000, limit + 1) })) {
    const run = runOf(key.slice(entries.length));
    if (run !== undefined) waiting.push(run);
    // As many at once as may still be wanted, 50 at most.
    if (waiting.length >= Math.min(50, limit - found.size)) await look();
    if (found.size >= limit) return [...found.values()];
  }
  await look();
  return [...found.values()].slice(0, limit);
}

function runOf(name: string): ListedRun | undefined {
  const before = Number(name.slice(0, digits));
  const runId = name.slice(digits + 1);
  if (!/^\d{13}-[\w-]/.test(name)) return undefined;
  return { runId, createdAt: new Date(endOfTime - before).toISOString() };
}
