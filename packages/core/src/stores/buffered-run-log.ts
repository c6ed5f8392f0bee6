import { randomUUID } from "node:crypto";

import {
  defineRunLogStore,
  type FactKey,
  type JsonObject,
  type ListedRun,
  type OutputSegment,
  type RunLog,
  type Schema,
  type StoreFactory,
} from "@runnable/plugin";
import * as z from "zod/mini";

import { createdAtOf } from "./created-at.ts";
import { attemptPath, factPath } from "./fact-path.ts";

/** `run-log-store.config` of buffered: it has no keys. */
export type BufferedRunLogConfig = { readonly [key: string]: never };

/** Schema of {@link BufferedRunLogConfig}. */
export const bufferedRunLogConfig: Schema<BufferedRunLogConfig> = z.strictObject({});

/** Records in the memory of this process: gone when it ends, and out of reach for a job elsewhere. */
const bufferedRunLog: StoreFactory<typeof bufferedRunLogConfig, RunLog, "run-log-store"> =
  defineRunLogStore({
    config: bufferedRunLogConfig,
    needs: () => [
      {
        id: "run-log",
        access: "write",
        kind: "memory",
        why: "a buffered run log lives in the memory of the process that submits",
      },
    ],
    relocate: () => ({}),
    open: () => openMemory(),
  });

export default bufferedRunLog;

interface Memory {
  /** JSON texts by path, so that nobody holds a reference into the store. */
  readonly facts: Map<string, string>;
  readonly segments: Map<string, Map<number, string>>;
  /** By lower-cased id. */
  readonly runs: Map<string, ListedRun>;
}

function openMemory(): RunLog {
  const memory: Memory = { facts: new Map(), segments: new Map(), runs: new Map() };
  const id = randomUUID();
  const create = (key: FactKey, value: JsonObject) => createFact(memory, key, value);
  return {
    location: "memory of this process",
    create: async (key, value) => create(key, value),
    createSync: create,
    read: async (key) => parsed(memory.facts.get(factPath(key))),
    replace: async (key, value) => void memory.facts.set(factPath(key), JSON.stringify(value)),
    appendOutput: async (key, segment) => keepSegment(memory, attemptPath(key), segment),
    appendOutputSync: (key, segment) => keepSegment(memory, attemptPath(key), segment),
    readOutput: (key, from) => readSegments(memory.segments.get(attemptPath(key)), from),
    attempts: async (runId) => attemptsOf(memory, runId),
    list: async ({ limit }) => newestFirst(memory).slice(0, limit),
    findIds: async (prefix, limit) =>
      [...memory.runs.values()]
        .map(({ runId }) => runId)
        .filter((runId) => runId.startsWith(prefix))
        .toSorted()
        .slice(0, limit),
    storeId: async () => id,
  };
}

function createFact({ facts, runs }: Memory, key: FactKey, value: JsonObject): boolean {
  const path = factPath(key);
  const isRun = key.fact === "run";
  if (facts.has(path) || (isRun && runs.has(key.runId.toLowerCase()))) return false;
  if (isRun) runs.set(key.runId.toLowerCase(), { runId: key.runId, createdAt: createdAtOf(value) });
  facts.set(path, JSON.stringify(value));
  return true;
}

function keepSegment(memory: Memory, path: string, { number, text }: OutputSegment): void {
  const segments = memory.segments.get(path) ?? new Map<number, string>();
  if (!segments.has(number)) segments.set(number, text);
  memory.segments.set(path, segments);
}

function parsed(text: string | undefined): JsonObject | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as JsonObject);
}

async function* readSegments(
  segments: ReadonlyMap<number, string> | undefined,
  from: number,
): AsyncGenerator<OutputSegment> {
  for (let number = Math.max(from, 1); ; number += 1) {
    const text = segments?.get(number);
    if (text === undefined) return;
    yield { number, text };
  }
}

function attemptsOf({ facts }: Memory, runId: string): readonly number[] {
  const numbers = new Set<number>();
  for (const path of facts.keys()) {
    const found = /^(.+)\/attempts\/(\d+)\/(?:claim|outcome)\.json$/.exec(path);
    if (found?.[1] === runId) numbers.add(Number(found[2]));
  }
  return [...numbers].toSorted((a, b) => a - b);
}

function newestFirst({ runs }: Memory): readonly ListedRun[] {
  return [...runs.values()].toReversed().toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
}
