/**
 * How the job's code gets there. `bundle`: in one file, without anything installed over there (default). `mount`: the project
 * directory is visible over there as it is. `image`: everything is installed over there, the command is `runnable execute-job …`.
 */
export type PayloadMode = "bundle" | "mount" | "image";

/** A file that travels. */
export interface PayloadFile {
  /** Relative to the payload's root, with `/`. */
  readonly path: string;
  /** Absolute path of the bytes on the submitter, until the run is done. */
  readonly source: string;
  readonly bytes: number;
  /** `sha256:<hex>`. */
  readonly digest: string;
  /** Permission bits, for example 0o644. */
  readonly mode: number;
}

/** The files that travel so that the job can run. */
export interface Payload {
  readonly mode: PayloadMode;
  readonly files: readonly PayloadFile[];
  /** All files together. */
  readonly bytes: number;
  /** `sha256:<hex>` over the sorted paths and digests. */
  readonly digest: string;
}

/** What to start over there. `argv` stays an array to the end; `shell` is the same as one POSIX shell line, for platforms that know only that. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  /** Environment without secrets. */
  readonly env: { readonly [name: string]: string };
  readonly shell: string;
}

/** Where the payload is and what runs it. */
export interface CommandOptions {
  /** Directory of the payload over there; in mode `image` the directory that the command starts in. */
  readonly root: string;
  /** Program and arguments before `run.mjs`; default the executor's `interpreter(config)`, else `["node"]`. */
  readonly interpreter?: readonly string[];
  /** Existing or creatable directory over there in which the job's working directory is made; default the system's temporary directory. */
  readonly workDirectory?: string;
  /** File over there into which the receipt is written too, for `collect`; at most `receiptBytes` (default 4096), shortened to status and digest beyond. */
  readonly receiptPath?: string;
  readonly receiptBytes?: number;
}

/** Resources in neutral words, for limits and costs. Absent is the platform's default. */
export interface Resources {
  /** Cores, fractions allowed. */
  readonly cpu?: number;
  readonly memoryMiB?: number;
  /** Number of GPUs. */
  readonly gpu?: number;
  /** Longest time of one attempt. */
  readonly seconds?: number;
}
