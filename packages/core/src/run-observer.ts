import type { Frame } from "./output/frame.ts";
import type { JsonObject, RunState } from "@runnable/plugin";

/** What a run tells while it goes; every method is optional. Output of an in-process run goes to the process's own streams and is not told. */
export interface RunObserver {
  /** Before anything is submitted. `from` says where the executor's section stands. */
  readonly onBegin?: (begin: {
    readonly runId: string;
    readonly jobName: string;
    readonly executor: string;
    readonly from: string | undefined;
  }) => void;
  /** Frames of standard output and error. Default: they are written to this process's streams. */
  readonly onFrame?: (frame: Frame) => void;
  readonly onProgress?: (progress: JsonObject) => void;
  readonly onState?: (state: RunState, detail?: string) => void;
  /** Something the user should know: a warning, a wait, a gap in the output. */
  readonly onNotice?: (message: string) => void;
}
