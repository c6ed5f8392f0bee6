import type { Json, OutputSegment } from "@runnable/plugin";

import { createFrameWriter, type FramedStream } from "../output/frame-writer.ts";
import type { Redactor } from "../output/redactor.ts";
import { createSegmentWriter, type SegmentWriter } from "../output/segment-writer.ts";

/** Keeps a closed segment of an attempt's output. */
export type AppendSegment = (segment: OutputSegment) => Promise<void>;

/** The job side's output: framed on its standard output, and kept in the run log, attempt by attempt. */
export interface JobOutput {
  /** Begins an attempt; `append` is absent where this side writes to no store. */
  readonly beginAttempt: (append: AppendSegment | undefined) => AttemptOutput;
  /** A line of ours on the job's standard error. */
  readonly say: (text: string) => void;
  readonly event: (channel: "p" | "x", value: Json) => void;
  /** Resolves when everything is on its way. */
  readonly drained: () => Promise<void>;
}

/** Output of one attempt. */
export interface AttemptOutput {
  readonly take: (channel: "o" | "e", chunk: Uint8Array) => Promise<void>;
  /** Resolves when the attempt's output is kept; a store that refused it is told about on standard error. */
  readonly end: () => Promise<void>;
}

/** Opens the output; `write` takes framed lines. */
export function openJobOutput(
  write: (lines: Uint8Array) => void | Promise<void>,
  redact: Redactor,
): JobOutput {
  let segments: SegmentWriter | undefined;
  const writer = createFrameWriter({ write, redact, onFrame: (frame) => segments?.push(frame) });
  const say = (text: string) => {
    const stream = writer.stream("e");
    stream.push(Buffer.from(`runnable: ${text}\n`));
    stream.end();
  };
  return {
    say,
    event: writer.event,
    drained: writer.drained,
    beginAttempt: (append) => {
      segments = append && createSegmentWriter({ append });
      const streams = { o: writer.stream("o"), e: writer.stream("e") };
      return {
        take: async (channel, chunk) => {
          streams[channel].push(chunk);
          await Promise.all([writer.drained(), segments?.drained()]);
        },
        end: () => endAttempt(streams, segments, say),
      };
    },
  };
}

async function endAttempt(
  streams: { readonly o: FramedStream; readonly e: FramedStream },
  segments: SegmentWriter | undefined,
  say: (text: string) => void,
): Promise<void> {
  streams.o.end();
  streams.e.end();
  const result = await segments?.close();
  if (result && result.lostFrames > 0) {
    say(
      `the run log did not take ${result.lostFrames} lines of output: ${messageOf(result.error)}`,
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
