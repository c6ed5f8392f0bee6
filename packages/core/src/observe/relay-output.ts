import type { Frame } from "../output/frame.ts";
import { createSegmentWriter } from "../output/segment-writer.ts";
import type { Submitted } from "../submit/submit-attempt.ts";

/** Writes relayed output into the submitter's run log. */
export interface RelayedOutput {
  readonly push: (frame: Frame) => void;
  readonly close: () => Promise<void>;
}

/** Output of an attempt whose job side sees no store: the submitter keeps what comes. Frames of the job only. */
export function relayOutput({ runLog, entry }: Submitted): RelayedOutput {
  if (!runLog) return { push: () => undefined, close: async () => undefined };
  const writer = createSegmentWriter({ append: (segment) => runLog.appendOutput(entry, segment) });
  return {
    push: (frame) => {
      if (frame.channel !== "x") writer.push(frame);
    },
    close: async () => void (await writer.close()),
  };
}
