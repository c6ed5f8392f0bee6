import type { Json, JsonObject } from "@runnable/plugin";

import type { FunctionJobDefinition, JobContext } from "../jobs/job.ts";
import { collectReturns } from "./collect-returns.ts";
import { describeError } from "./describe-error.ts";
import { failedResult, type JobResult, type Progress } from "./job-result.ts";
import { stoppedResult } from "./stopped-result.ts";

/** A function and what its context is made of. */
export interface RunFunctionOptions {
  readonly run: FunctionJobDefinition["run"];
  /** Module that defines the job, a file URL, when it is known. */
  readonly definedIn: string | undefined;
  /** Validated. */
  readonly parameters: JsonObject;
  readonly secrets: { readonly [name: string]: string };
  readonly runId: string;
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Calls a job's function and checks what it returns. A function that ends after `signal` was aborted counts as stopped. */
export async function runFunction(options: RunFunctionOptions): Promise<JobResult> {
  const metrics = new Map<string, number>();
  try {
    const returned: unknown = await options.run(contextOf(options, metrics));
    if (options.signal.aborted) return stoppedResult(options.signal);
    return collectReturns(returned, metrics);
  } catch (error) {
    if (options.signal.aborted) return stoppedResult(options.signal);
    return failedResult(describeError(error, ownFrame(options)), {
      exitCode: exitCodeOf(error),
      metrics: Object.fromEntries(metrics),
    });
  }
}

/** What a frame of ours holds: this module, or this function where a program in one file has the job's frames in it too. */
function ownFrame({ definedIn }: RunFunctionOptions): string {
  return definedIn === import.meta.url ? ` ${runFunction.name} (` : import.meta.url;
}

function contextOf(
  options: RunFunctionOptions,
  metrics: Map<string, number>,
): JobContext<JsonObject, string> {
  const { parameters, secrets, runId, attempt, signal, onProgress } = options;
  return Object.freeze({
    runId,
    attempt,
    parameters,
    secrets,
    signal,
    log,
    progress: (done: number, total?: number, label?: string) => {
      // A division by zero in a progress bar is no reason to fail.
      if (!Number.isFinite(done)) return;
      onProgress({
        done,
        ...(total !== undefined && Number.isFinite(total) ? { total } : {}),
        ...(label === undefined ? {} : { label }),
      });
    },
    metric: (name: string, value: number) => {
      metrics.set(name, finite(name, value));
    },
  });
}

function finite(name: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new TypeError(`metric ${name} is ${value}: not a finite number`);
}

function log(message: string, fields: JsonObject = {}): void {
  const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${fieldText(value)}`);
  process.stderr.write(`${message}${pairs.join("")}\n`);
}

function fieldText(value: Json | undefined): string {
  return typeof value === "string" && !/[\s"=]/.test(value) ? value : JSON.stringify(value);
}

/** An error may say with which code the run is to end, as a process would. */
function exitCodeOf(error: unknown): number {
  const code: unknown = error instanceof Error && "exitCode" in error ? error.exitCode : undefined;
  return typeof code === "number" && Number.isInteger(code) && code > 0 && code < 256 ? code : 1;
}
