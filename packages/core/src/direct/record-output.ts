import type { RunLog } from "@runnable/plugin";

import { captureProcessOutput } from "../output/capture-process-output.ts";
import { createFrameWriter } from "../output/frame-writer.ts";
import type { Redactor } from "../output/redactor.ts";
import { createSegmentWriter } from "../output/segment-writer.ts";

/** Output of a job in this process, on its way into the run log. */
export interface RecordedOutput {
  /** Writes a command's output to this process's own streams, where it is captured like all else. */
  readonly take: (channel: "o" | "e", chunk: Uint8Array) => Promise<void>;
  /** Ends the capture and keeps what is left. */
  readonly close: () => Promise<void>;
  /** The same at once, where the run log can: for a process that is about to end. */
  readonly closeSync: () => void;
}

/** What the output belongs to. */
export interface OutputOwner {
  readonly runId: string;
  readonly attempt: number;
  readonly redact: Redactor;
}

/** Captures what passes process.stdout and process.stderr until it is closed; secrets are neither shown nor recorded. */
export function recordOutput(
  runLog: RunLog,
  { runId, attempt, redact }: OutputOwner,
): RecordedOutput {
  const segments = createSegmentWriter({
    append: (segment) => runLog.appendOutput({ runId, attempt }, segment),
  });
  const writer = createFrameWriter({ onFrame: segments.push });
  const streams = { o: writer.stream("o"), e: writer.stream("e") };
  const captured = captureProcessOutput({
    onOutput: (channel, bytes) => streams[channel].push(bytes),
    redact: redact.stream,
  });
  const end = () => {
    captured.release();
    streams.o.end();
    streams.e.end();
  };
  return {
    take: async (channel, chunk) => {
      const target = channel === "o" ? process.stdout : process.stderr;
      await Promise.all([written(target, chunk), segments.drained()]);
    },
    close: async () => {
      end();
      await segments.close();
    },
    closeSync: () => {
      end();
      for (const segment of segments.takeRest()) {
        runLog.appendOutputSync?.({ runId, attempt }, segment);
      }
    },
  };
}

function written(target: NodeJS.WriteStream, chunk: Uint8Array): Promise<void> | undefined {
  if (target.destroyed || target.write(chunk)) return undefined;
  return new Promise((resolve) => {
    const done = () => {
      target.off("drain", done).off("close", done);
      resolve();
    };
    target.once("drain", done).once("close", done);
  });
}
