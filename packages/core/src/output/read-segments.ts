import type { RunLog } from "@runnable/plugin";

import { parseRecordedFrame, type RecordedFrame } from "./recorded-frame.ts";

/** A frame and the number of the segment that holds it: read on from `segment + 1`. */
export interface SegmentFrame extends RecordedFrame {
  readonly segment: number;
}

/** Frames of an attempt in order, from segment number `from` on (1: all), as far as they are there now. */
export async function* readSegments(
  runLog: Pick<RunLog, "readOutput">,
  key: { readonly runId: string; readonly attempt: number },
  from: number,
): AsyncGenerator<SegmentFrame> {
  for await (const segment of runLog.readOutput(key, from)) {
    for (const line of segment.text.split("\n")) {
      const frame = line === "" ? undefined : parseRecordedFrame(line);
      if (frame !== undefined) yield { ...frame, segment: segment.number };
    }
  }
}
