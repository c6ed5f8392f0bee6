import type { JsonObject, RunState } from "@runnable/plugin";

import type { RunResult } from "./jobs/job.ts";
import type { Frame } from "./output/frame.ts";

/** What is known of a run before anything is submitted. */
export interface RunBegin {
  readonly runId: string;
  readonly jobName: string;
  readonly executor: string;
  /** Where the executor's section stands: `job-executor`, `job-executors.emulator`; undefined where its defaults hold. */
  readonly from: string | undefined;
  /** What the stores stand on, for people: `directory /data/runs`. */
  readonly runLog: string;
  readonly catalog: string;
  /** Attempts that the job may have. */
  readonly attempts: number;
}

/** What a run tells while it goes; every method is optional. Output of an in-process run goes to the process's own streams and is not told. */
export interface RunObserver {
  /** Before anything is submitted. */
  readonly onBegin?: (begin: RunBegin) => void;
  /** Frames of standard output and error. Default: they are written to this process's streams. */
  readonly onFrame?: (frame: Frame) => void;
  readonly onProgress?: (progress: JsonObject) => void;
  readonly onState?: (state: RunState, detail?: string) => void;
  /** Something the user should know: a warning, a wait, a gap in the output. */
  readonly onNotice?: (message: string) => void;
  /**
   * This process ends with the job in it (`process.exit`, an uncaught error, a second interrupt); that is recorded. Nothing
   * asynchronous happens any more, and the run's promise never settles.
   */
  readonly onSuddenEnd?: (result: RunResult) => void;
  /** True: `onSuddenEnd` shows an uncaught error to whoever looks; else Node.js prints it. */
  readonly showsUncaught?: boolean;
}
