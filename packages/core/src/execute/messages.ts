import type { JsonObject } from "@runnable/plugin";

import type { JobFacts } from "../jobs/job-facts.ts";
import type { JobResult } from "./job-result.ts";

/** Supervisor to job process: which job, before any user code is loaded. */
export interface LoadMessage {
  readonly type: "load";
  /** Absolute path of the module. */
  readonly module: string;
  readonly exportName: string;
  readonly workingDirectory: string;
}

/** Supervisor to job process: go. Values travel here and nowhere else. */
export interface StartMessage {
  readonly type: "start";
  readonly runId: string;
  readonly attempt: number;
  readonly parameters: JsonObject;
  readonly secrets: { readonly [name: string]: string };
}

/** Supervisor to job process: stop; a signal to the group follows. */
export interface AbortMessage {
  readonly type: "abort";
  readonly reason: "cancelled" | "timeout";
}

export type SupervisorMessage = LoadMessage | StartMessage | AbortMessage;

/** Job process to supervisor. */
export type JobMessage =
  | { readonly type: "facts"; readonly facts: JobFacts }
  | { readonly type: "progress"; readonly progress: JsonObject }
  | { readonly type: "result"; readonly result: JobResult; readonly peakMemoryBytes: number };
