import type { Log } from "@runnable/plugin";

/** One thing that was looked at. */
export interface Cleaned {
  /** For people: `container rn-…`, `staged files`, `run`. */
  readonly what: string;
  readonly runId?: string;
  readonly attempt?: number;
  /** Path on this machine. */
  readonly path?: string;
  readonly why: string;
  readonly action: "removed" | "would be removed" | "kept" | "failed";
}

/** How to clean. */
export interface CleanOptions {
  /** True: say what would be done, and do nothing. */
  readonly dryRun: boolean;
  /** Keep what is younger; undefined: age does not matter. */
  readonly olderThanMs: number | undefined;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  readonly log: Log;
}
