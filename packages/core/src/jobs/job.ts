import type {
  Cause,
  CatalogEntry,
  JsonObject,
  Outcome,
  Schema,
  SchemaOutput,
} from "@runnable/plugin";

/** Marks jobs, also between copies of this package. */
export const jobBrand: unique symbol = Symbol.for("runnable.job") as never;

/** A length of time: seconds, or text such as `"90s"`, `"10m"`, `"2h"`, `"1d"`. */
export type Duration = number | string;

/** Where files of an earlier run come from: `run` is a run id, a unique prefix, `latest`, or `latest:<job name>`; default this run's own earlier attempts. */
export interface CatalogGet {
  readonly run: string;
  /** Glob within that run's catalog. */
  readonly pattern: string;
}

/** Files that a job takes from, and leaves in, the catalog. Patterns are globs relative to the working directory; `**` and directories work. */
export interface JobCatalog {
  readonly get?: readonly CatalogGet[];
  readonly put?: readonly string[];
  /** False: record digests, keep no copy (upstream's `store_copy`). Default true. */
  readonly storeCopy?: boolean;
}

/** How often, and after which causes, a failed attempt is tried again. A number is `{ limit }`. */
export interface Retries {
  /** Further attempts after the first. */
  readonly limit: number;
  /** Default: every cause that another try can mend (see `isRetryable`). */
  readonly causes?: readonly Cause[];
}

/** What every job may say about itself. */
export interface JobOptions<P extends Schema | undefined, K extends string> {
  /** For lists and `latest:<name>`; default the file's name without `.job.ts`. */
  readonly name?: string;
  /** Schema of the parameters; without one any names are allowed. */
  readonly parameters?: P;
  /** Names that the job must return; a declared return that never came is a failure. */
  readonly returns?: readonly string[];
  /** Globs, relative to the working directory, of files that travel with the code into the job's working directory. */
  readonly files?: readonly string[];
  readonly catalog?: JobCatalog;
  /** Names of secrets that the job gets. */
  readonly secrets?: readonly K[];
  /** Longest time of one attempt. */
  readonly timeout?: Duration;
  /** Longest time of all attempts with the waits between them. */
  readonly deadline?: Duration;
  readonly retries?: number | Retries;
}

/** What a job's function gets. */
export interface JobContext<Parameters, K extends string> {
  readonly runId: string;
  /** From 1. */
  readonly attempt: number;
  readonly parameters: Parameters;
  readonly secrets: { readonly [name in K]: string };
  /** Aborted when the run is cancelled or timed out. */
  readonly signal: AbortSignal;
  /** A line of the job's output, with fields, on standard error. */
  readonly log: (message: string, fields?: JsonObject) => void;
  /** How far the job is; drives the progress bar. */
  readonly progress: (done: number, total?: number, label?: string) => void;
  /** A number of the run, beside those that are returned. The last value of a name counts. */
  readonly metric: (name: string, value: number) => void;
}

/** A function. */
export interface FunctionJobDefinition<
  P extends Schema | undefined = Schema | undefined,
  K extends string = string,
> extends JobOptions<P, K> {
  readonly kind?: "function";
  /** What it returns must be a JSON object (or nothing); the finite numbers at its top level are metrics too. */
  readonly run: (
    ctx: JobContext<P extends Schema ? SchemaOutput<P> : JsonObject, K>,
  ) => object | void | Promise<object | void>;
}

/** A shell command, run by `/bin/sh -c`. */
export interface ShellJobDefinition<
  P extends Schema | undefined = Schema | undefined,
> extends JobOptions<P, string> {
  readonly kind: "shell";
  readonly command: string;
}

/** A program with arguments. An argument that names a file of the project travels by itself. */
export interface ScriptJobDefinition<
  P extends Schema | undefined = Schema | undefined,
> extends JobOptions<P, string> {
  readonly kind: "script";
  readonly argv: readonly [string, ...string[]];
}

/** What a job does, as data and one function. */
export type JobDefinition = FunctionJobDefinition | ShellJobDefinition | ScriptJobDefinition;

/** Options of `job.execute()` and `executeJob()`; names as upstream's where it has them. */
export interface ExecuteOptions {
  readonly parameters?: JsonObject;
  /** A YAML or JSON file. */
  readonly parametersFile?: string;
  readonly configurationFile?: string;
  /** Executor type, or an executor made by a factory. */
  readonly executor?: string | object;
  readonly runId?: string;
  readonly tag?: string;
  /** Resolve once the run is submitted. */
  readonly detach?: boolean;
  /** False: a run that does not succeed resolves with its outcome; default true, it throws `JOB_FAILED`. */
  readonly throwOnFailure?: boolean;
  /** Aborting cancels the run. */
  readonly signal?: AbortSignal;
}

/** How a run ended, for programs. */
export interface RunResult extends Outcome {
  readonly runId: string;
  readonly catalog: readonly CatalogEntry[];
}

/** What the user wants done. */
export interface Job {
  readonly [jobBrand]: 1;
  readonly definition: JobDefinition;
  /** Module that called `defineJob`, as a file URL, when the stack shows it. */
  readonly definedIn: string | undefined;
  /** Runs it where the config says. @throws RunnableError JOB_FAILED when the run does not succeed, unless `throwOnFailure` is false. */
  readonly execute: (options?: ExecuteOptions) => Promise<RunResult>;
}

/** Which job of which file. */
export interface JobReference {
  /** Absolute. */
  readonly file: string;
  /** An export's name, or `#<n>` for the n-th `execute()` that the module's top level reaches (from 0). */
  readonly exportName: string;
}
