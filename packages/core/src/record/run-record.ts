import type { JsonObject, Outcome } from "@runnable/plugin";

/** Where a process runs and how to tell that it is gone. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** Start time of the process in the kernel's own units (`/proc/<pid>/stat` field 22 on Linux, `ps -o lstart` elsewhere). */
  readonly startedAt: string;
  /** Id of this boot of the machine (`/proc/sys/kernel/random/boot_id`), else its boot time. */
  readonly bootId: string;
}

/** What the code was. */
export interface CodeIdentity {
  /** `sha256:<hex>` over the sorted (path, digest) of modules within the project, declared files, lockfile and bundle. */
  readonly digest: string;
  readonly git?: {
    readonly commit: string;
    /** Files of those that are modified or untracked, relative to the project; empty when the commit tells all. */
    readonly dirty: readonly string[];
    readonly remote?: string;
  };
}

/** `<run_id>/run.json`: what was asked. */
export interface RunRecord {
  readonly version: 1;
  readonly runId: string;
  readonly tag?: string;
  readonly job: {
    readonly name: string;
    readonly kind: "function" | "shell" | "script";
    /** Relative to the project where possible. */
    readonly file: string;
    readonly exportName: string;
    /** The shell command or the argv. */
    readonly command?: string | readonly string[];
  };
  readonly parameters: JsonObject;
  /** As written, before substitution; without secret values. */
  readonly config: JsonObject;
  readonly executor: {
    readonly type: string;
    readonly package: string;
    readonly version: string;
    readonly integrity?: string;
    readonly digest: string;
    /** Platform-safe name of the first attempt, by which another machine finds it; absent for a direct executor. */
    readonly name?: string;
  };
  /** Known before the job starts where the payload is a bundle; else in the attempt's outcome. */
  readonly code?: CodeIdentity;
  readonly submitter: ProcessIdentity;
  /** ISO 8601, by the clock of whoever created the record. */
  readonly createdAt: string;
  readonly createdBy: "submitter" | "job";
  /** The job side must read this back. */
  readonly nonce: string;
  readonly mock?: boolean;
}

/** `attempts/<n>/claim.json`: who runs it. */
export interface ClaimRecord {
  readonly runId: string;
  readonly attempt: number;
  /** The platform's own id of this start (`RUNNABLE_PLATFORM_ID`), else a random one. */
  readonly platformId: string;
  readonly process: ProcessIdentity;
  readonly claimedAt: string;
  readonly mode: "in-process" | "supervised";
}

/** `attempts/<n>/heartbeat.json`: rewritten every 5 s. */
export interface HeartbeatRecord {
  readonly counter: number;
  readonly at: string;
}

/** `outcome.json` of an attempt or of the run. */
export interface OutcomeRecord extends Outcome {
  readonly runId: string;
  readonly code?: CodeIdentity;
  /** True in an attempt's outcome when another attempt follows. */
  readonly retrying?: boolean;
}
