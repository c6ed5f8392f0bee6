import type { CatalogEntry, JsonObject, OutcomeError } from "@runnable/plugin";
import { isRunnableError } from "@runnable/plugin";

import type { Redactor } from "../output/redactor.ts";
import type { OutcomeRecord } from "../record/run-record.ts";
import type { JobResult } from "./job-result.ts";

/** What the job's `put` came to; `error` when the catalog refused. */
export interface PutOutcome {
  readonly entries: readonly CatalogEntry[];
  readonly unmatched: readonly string[];
  readonly error?: Error;
}

/** Everything that an attempt's outcome is made of. */
export interface OutcomeParts {
  readonly runId: string;
  readonly attempt: number;
  readonly startedAt: Date;
  readonly redact: Redactor;
  readonly result: JobResult;
  readonly put: PutOutcome;
  readonly end: { readonly peakMemoryBytes: number | undefined } | undefined;
}

/**
 * The outcome of an attempt. A pattern of `put` that matches nothing, and a catalog that refused, fail a job that succeeded;
 * its returns, metrics and the files that were kept are recorded all the same. Secrets are redacted.
 */
export function attemptOutcome(parts: OutcomeParts): OutcomeRecord {
  const { runId, attempt, startedAt, redact, result, put, end } = parts;
  const endedAt = new Date();
  const fault = result.status === "succeeded" ? putFault(put) : undefined;
  const error = fault?.error ?? result.error;
  const cause = fault?.cause ?? result.cause;
  const peak = end?.peakMemoryBytes;
  return {
    runId,
    attempt,
    status: fault ? "failed" : result.status,
    ...(cause === undefined ? {} : { cause }),
    exitCode: fault ? fault.exitCode : result.exitCode,
    ...(result.signal === undefined ? {} : { signal: result.signal }),
    ...(error === undefined ? {} : { error: redactError(error, redact) }),
    returns: redact.redactJson(result.returns) as JsonObject,
    metrics: redactMetrics(result.metrics, redact),
    catalog: put.entries,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    durationMs: endedAt.getTime() - startedAt.getTime(),
    ...(peak === undefined ? {} : { peakMemoryBytes: peak }),
    by: "job",
  };
}

interface Fault {
  readonly cause: "user_error" | "storage";
  readonly exitCode: number;
  readonly error: OutcomeError;
}

function putFault({ unmatched, error }: PutOutcome): Fault | undefined {
  if (error) {
    const remedy = isRunnableError(error) ? error.hint : undefined;
    return {
      cause: "storage",
      exitCode: 78,
      error: {
        name: isRunnableError(error) ? error.code : "CATALOG_FAILED",
        message: `the job succeeded, but its files could not be kept: ${error.message}`,
        ...(remedy === undefined ? {} : { remedy }),
      },
    };
  }
  if (unmatched.length === 0) return undefined;
  return {
    cause: "user_error",
    exitCode: 1,
    error: {
      name: "CATALOG_UNMATCHED",
      message: `the job succeeded, but no file matches catalog.put ${unmatched.map((p) => `"${p}"`).join(", ")}`,
      remedy:
        "Patterns are relative to the job's working directory; write the file there, or remove the pattern.",
    },
  };
}

/** A number that is a secret is no metric. */
function redactMetrics(metrics: JobResult["metrics"], redact: Redactor): JobResult["metrics"] {
  const redacted = Object.entries(redact.redactJson(metrics) as JsonObject);
  return Object.fromEntries(
    redacted.filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}

/** An error without secrets. */
export function redactError(error: OutcomeError, redact: Redactor): OutcomeError {
  return {
    ...error,
    message: redact.redactText(error.message),
    ...(error.stack === undefined ? {} : { stack: redact.redactText(error.stack) }),
  };
}
