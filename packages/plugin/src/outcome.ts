import type { JsonObject } from "./json.ts";

/** Why a run did not succeed; it decides whether a retry makes sense. */
export type Cause =
  | "user_error"
  | "oom"
  | "timeout"
  | "preempted"
  | "evicted"
  | "node_lost"
  | "image"
  | "config"
  | "quota"
  | "unschedulable"
  | "storage"
  | "duplicate"
  | "platform"
  | "cancelled"
  | "unknown";

/** How a run or an attempt ended. `lost`: the platform, or pid + start time + boot id, says that the job is gone and nothing tells what it did. */
export type OutcomeStatus = "succeeded" | "failed" | "cancelled" | "lost";

/** A run's state on its way; events may be skipped and never go back. */
export type RunState =
  | "created"
  | "submitted"
  | "queued"
  | "starting"
  | "running"
  | "finishing"
  | OutcomeStatus;

/** One file in the catalog. `path` is relative to the working directory, with `/`; `digest` is `sha256:<hex>` of every byte. */
export interface CatalogEntry {
  readonly path: string;
  readonly digest: string;
  readonly bytes: number;
  /** False where the job asked for `storeCopy: false`: recorded, not kept. */
  readonly stored: boolean;
}

/** What went wrong, in words. */
export interface OutcomeError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** How an attempt ended; the last attempt's is the run's. Times are ISO 8601 by the clock of the machine named by `by`. */
export interface Outcome {
  readonly status: OutcomeStatus;
  readonly cause?: Cause;
  /** The job's own status, not the platform's. */
  readonly exitCode?: number;
  readonly signal?: string;
  readonly error?: OutcomeError;
  readonly attempt: number;
  readonly returns: JsonObject;
  readonly metrics: { readonly [name: string]: number };
  readonly catalog: readonly CatalogEntry[];
  readonly startedAt?: string;
  readonly endedAt: string;
  readonly durationMs?: number;
  readonly peakMemoryBytes?: number;
  /** Who wrote this: the job side, or the submitter (who had only the platform's word). */
  readonly by: "job" | "submitter";
  /** What the platform said, when that was all there was. */
  readonly evidence?: JsonObject;
}

/** What an executor sees on its platform; never the result. `gone`: the platform doesn't know the handle (any more). */
export type PlatformStatus =
  | { readonly state: "queued" | "starting" | "running"; readonly detail?: string }
  | {
      readonly state: "ended";
      readonly exitCode?: number;
      readonly signal?: string;
      readonly cause?: Cause;
      readonly detail?: string;
      readonly remedy?: string;
    }
  | { readonly state: "gone"; readonly detail: string };
