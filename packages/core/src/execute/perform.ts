import { isRunnableError, type JsonObject } from "@runnable/plugin";

import type { Job } from "../jobs/job.ts";
import { validateParameters } from "../jobs/validate-parameters.ts";
import { describeError } from "./describe-error.ts";
import { failedResult, type JobResult, type Progress } from "./job-result.ts";
import { runFunction } from "./run-function.ts";
import { stoppedResult } from "./stopped-result.ts";

/** One attempt of a job, everything it needs being at hand. */
export interface PerformOptions {
  readonly job: Job;
  /** As they were given; checked here by the job's schema. */
  readonly parameters: JsonObject;
  /** Values by name. */
  readonly secrets: { readonly [name: string]: string };
  readonly runId: string;
  /** From 1. */
  readonly attempt: number;
  /** Aborted with the reason `"timeout"` or a TimeoutError, or any other to cancel. */
  readonly signal: AbortSignal;
  /** Absolute; commands start in it, a function must find itself there already. */
  readonly workingDirectory: string;
  /** For commands; a function sees process.env. */
  readonly env: { readonly [name: string]: string | undefined };
  readonly onProgress: (progress: Progress) => void;
  /** Takes a command's output; the next chunk waits for it. Without it the command writes to this process's own. */
  readonly onOutput?: (channel: "o" | "e", chunk: Uint8Array) => void | Promise<void>;
  /**
   * True (default): a command gets a process group of its own, and is ended here when `signal` aborts or this process exits.
   * False: the caller signals and ends the group that this process and the command share.
   */
  readonly ownProcessGroup?: boolean;
  /** Milliseconds between the request to stop and the kill, default 5000. */
  readonly graceMs?: number;
  /** Nothing is run; the result is a success without returns. */
  readonly mock?: boolean;
}

/** Runs a job's function or command in this process, or as its child. Never throws: whatever the job does is its result. */
export async function performJob(options: PerformOptions): Promise<JobResult> {
  if (options.mock === true) return { status: "succeeded", exitCode: 0, returns: {}, metrics: {} };
  if (options.signal.aborted) return stoppedResult(options.signal);
  try {
    const { definition } = options.job;
    const parameters = await validateParameters(options.job, options.parameters);
    // A schema may take its time.
    if (options.signal.aborted) return stoppedResult(options.signal);
    const result = await runDefinition(options, parameters);
    return checkReturns(result, definition.returns ?? []);
  } catch (error) {
    return refused(error);
  }
}

async function runDefinition(options: PerformOptions, parameters: JsonObject): Promise<JobResult> {
  const { definition } = options.job;
  if (definition.kind !== "shell" && definition.kind !== "script") {
    return runFunction({
      ...options,
      run: definition.run,
      definedIn: options.job.definedIn,
      parameters,
    });
  }
  // Lazily: a function needs no child processes.
  const { runCommand } = await import("./run-command.ts");
  return runCommand({ ...options, definition, parameters });
}

/** A declared return that never came is a failure that names it. */
function checkReturns(result: JobResult, declared: readonly string[]): JobResult {
  const missing = declared.filter((name) => result.returns[name] === undefined);
  if (result.status !== "succeeded" || missing.length === 0) return result;
  const message = `the job declares the returns ${declared.join(", ")} and did not return ${missing.join(", ")}`;
  const { returns, metrics } = result;
  return failedResult({ name: "RETURNS_MISSING", message }, { returns, metrics });
}

/** Wrong parameters are the configuration's fault; anything else here is the machine's (no room for a temporary file). */
function refused(error: unknown): JobResult {
  const described = describeError(error);
  return isRunnableError(error)
    ? failedResult(described, { cause: "config", exitCode: error.exitCode })
    : failedResult(described, { cause: "platform" });
}
