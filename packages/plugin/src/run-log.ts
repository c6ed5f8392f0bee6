import type { JsonObject } from "./json.ts";
import type { Schema } from "./schema.ts";
import { storeFactory, type StoreDefinition, type StoreFactory } from "./store.ts";

/** Facts of a run. `run`, and `outcome` without an attempt, belong to the run; the others to an attempt. */
export type FactName = "run" | "claim" | "heartbeat" | "outcome" | "outcome-late";

/** Which fact: `<runId>/run`, `<runId>/outcome`, `<runId>/attempts/<attempt>/<fact>`. */
export interface FactKey {
  readonly runId: string;
  readonly fact: FactName;
  /** From 1; absent for facts of the run. */
  readonly attempt?: number;
}

/** A closed piece of an attempt's output. */
export interface OutputSegment {
  /** From 1, without gaps. */
  readonly number: number;
  /** NDJSON: a frame a line. */
  readonly text: string;
}

/** A run in a list. */
export interface ListedRun {
  readonly runId: string;
  /** ISO 8601; from the date index, no record is read for it. */
  readonly createdAt: string;
}

/**
 * The records of runs: one fact a file, row or object, created once and atomically. Several processes and machines write at
 * once; a crash leaves every fact either whole or absent.
 */
export interface RunLog {
  /** For people: "directory /data/runs". */
  readonly location: string;
  /** Creates a fact durably; false, and nothing is changed, if it is there. Creating `run` also enters the run into the date index. */
  readonly create: (key: FactKey, value: JsonObject) => Promise<boolean>;
  /** The same at once, for a process about to end; absent where the store can't. */
  readonly createSync?: (key: FactKey, value: JsonObject) => boolean;
  readonly read: (key: FactKey) => Promise<JsonObject | undefined>;
  /** Writes over a `heartbeat`, the only fact that changes. */
  readonly replace: (key: FactKey, value: JsonObject) => Promise<void>;
  /** Keeps a segment; the same number twice keeps the first. */
  readonly appendOutput: (
    key: { readonly runId: string; readonly attempt: number },
    segment: OutputSegment,
  ) => Promise<void>;
  /** The same at once, for a process about to end; absent where the store can't. */
  readonly appendOutputSync?: (
    key: { readonly runId: string; readonly attempt: number },
    segment: OutputSegment,
  ) => void;
  /** Segments from a number on, in order, as far as they are there now. */
  readonly readOutput: (
    key: { readonly runId: string; readonly attempt: number },
    from: number,
  ) => AsyncIterable<OutputSegment>;
  /** Numbers of the attempts that have a claim or an outcome, ascending. */
  readonly attempts: (runId: string) => Promise<readonly number[]>;
  /** Newest first. */
  readonly list: (options: { readonly limit: number }) => Promise<readonly ListedRun[]>;
  /** Ids that begin with a prefix, at most `limit`. */
  readonly findIds: (prefix: string, limit: number) => Promise<readonly string[]>;
  /** The store's own identity, made at the first write; the same for everyone who sees the same bytes. */
  readonly storeId: (options: { readonly create: boolean }) => Promise<string | undefined>;
  /** Removes all records of a run, as if it had never been; absent where the store can't. `doctor` calls it for the run that it made. */
  readonly removeRun?: (runId: string) => Promise<void>;
  readonly close?: () => Promise<void>;
}

/** A factory of run log stores. */
export function defineRunLogStore<S extends Schema>(
  definition: StoreDefinition<S, RunLog>,
): StoreFactory<S, RunLog, "run-log-store"> {
  return storeFactory("run-log-store", definition);
}
