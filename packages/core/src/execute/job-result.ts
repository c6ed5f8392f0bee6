import type { Cause, JsonObject, OutcomeError } from "@runnable/plugin";

/** What a job did, before anything is known of its catalog files. */
export interface JobResult {
  readonly status: "succeeded" | "failed" | "cancelled";
  readonly cause?: Cause;
  /** The job's own; 128 + n after signal n, 124 after a timeout, 130 when cancelled. */
  readonly exitCode: number;
  /** Name of the signal that ended its process. */
  readonly signal?: string;
  readonly error?: OutcomeError;
  readonly returns: JsonObject;
  readonly metrics: { readonly [name: string]: number };
}

/** How far a job is. */
export interface Progress {
  readonly done: number;
  readonly total?: number;
  readonly label?: string;
}

/** A result of a job that failed by its own doing. */
export function failedResult(error: OutcomeError, more: Partial<JobResult> = {}): JobResult {
  return {
    status: "failed",
    cause: "user_error",
    exitCode: 1,
    error,
    returns: {},
    metrics: {},
    ...more,
  };
}
