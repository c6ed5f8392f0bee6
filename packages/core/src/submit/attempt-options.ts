import type { Log } from "@runnable/plugin";

import type { CodeIdentity } from "../record/run-record.ts";

/** A further attempt of a run keeps its nonce. */
export interface AttemptOptions {
  readonly attempt: number;
  readonly nonce?: string;
  /** Time that earlier attempts took; default 0. */
  readonly elapsedMs?: number;
  /** Throws when the code is not what it must be; called before anything is written. */
  readonly check?: (code: CodeIdentity) => void;
  /** Aborted when the run is to be cancelled; what is not submitted yet never is. */
  readonly stop: AbortSignal;
  /** Aborted when the user gives up on the calls, too. */
  readonly signal: AbortSignal;
  readonly log: Log;
}
