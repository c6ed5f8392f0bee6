import type { FactKey, JsonObject, OutputSegment, RunLog, StoreContext } from "@runnable/plugin";

import { openBucket } from "../client/bucket.ts";
import { objectsOf, removeBelow, type Objects } from "../client/objects.ts";
import { storeIdOf } from "../client/store-id.ts";
import { describePlace, type BucketPlace } from "../place/bucket-place.ts";
import { parseFact } from "./parse-fact.ts";
import { runIndex } from "./run-index.ts";
import { attemptKey, factKey, runKey, segmentKey, type AttemptKey } from "./run-keys.ts";

/** Records as objects, one a fact: `<prefix><run_id>/…`. Each is created once; several processes and machines may write at once. */
export function openRunLog(place: BucketPlace, ctx: StoreContext): RunLog {
  const bucket = openBucket(place, ctx);
  const objects = objectsOf(bucket);
  const index = runIndex(objects);

  async function createRun(key: FactKey, value: JsonObject): Promise<boolean> {
    // The key first: it refuses an id that would lead elsewhere.
    const at = factKey(key);
    const [mayTake] = await Promise.all([
      index.takeId(key.runId),
      storeIdOf(objects, place, { create: true }),
    ]);
    if (!mayTake || (await objects.has(at))) return false;
    // Entered first: a crash then leaves an entry without a record, which list() skips, never a record that it doesn't know.
    await index.enter(key.runId, value);
    return objects.create(at, textOf(value));
  }

  async function read(key: FactKey): Promise<JsonObject | undefined> {
    const at = factKey(key);
    const text = await objects.read(at);
    return text === undefined ? undefined : parseFact(text, `${describePlace(place)}${at}`);
  }

  return {
    location: describePlace(place),
    create: async (key, value) =>
      key.fact === "run" ? createRun(key, value) : objects.create(factKey(key), textOf(value)),
    read,
    replace: async (key, value) => objects.write(factKey(key), textOf(value)),
    appendOutput: async (key, { number, text }) => {
      await objects.create(segmentKey(key, number), text);
    },
    readOutput: (key, from) => readSegments(objects, key, from),
    attempts: (runId) => attemptNumbers(objects, runId),
    list: ({ limit }) => index.list(limit),
    findIds: (prefix, limit) => findIds(objects, prefix, limit),
    removeRun: async (runId) => {
      const run = await read({ runId, fact: "run" });
      if (run) await index.leave(runId, run);
      await removeBelow(objects, runKey(runId));
    },
    storeId: (options) => storeIdOf(objects, place, options),
    close: bucket.close,
  };
}

function textOf(value: JsonObject): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

async function* readSegments(
  objects: Objects,
  key: AttemptKey,
  from: number,
): AsyncGenerator<OutputSegment> {
  for (let number = Math.max(from, 1); ; number += 1) {
    const text = await objects.read(segmentKey(key, number));
    if (text === undefined) return;
    yield { number, text };
  }
}

async function attemptNumbers(objects: Objects, runId: string): Promise<readonly number[]> {
  const under = `${runKey(runId)}attempts/`;
  const keys = await Array.fromAsync(objects.list(under, { delimiter: "/" }));
  const numbers = keys.map((key) => Number(key.slice(under.length, -1))).filter(Number.isInteger);
  const begun = await Promise.all(numbers.map((attempt) => hasBegun(objects, { runId, attempt })));
  return numbers.filter((_, position) => begun[position]).toSorted((a, b) => a - b);
}

async function hasBegun(objects: Objects, key: AttemptKey): Promise<boolean> {
  const under = attemptKey(key);
  const keys = await Array.fromAsync(objects.list(under, { delimiter: "/" }));
  return ["claim.json", "outcome.json"].some((name) => keys.includes(under + name));
}

async function findIds(
  objects: Objects,
  beginning: string,
  limit: number,
): Promise<readonly string[]> {
  const ids: string[] = [];
  if (!/^[\w.-]*$/.test(beginning)) return ids;
  for await (const key of objects.list(beginning, { delimiter: "/" })) {
    if (ids.length >= limit) break;
    if (key.endsWith("/") && !key.startsWith(".")) ids.push(key.slice(0, -1));
  }
  return ids;
}
