import type { FrameReader } from "../output/frame-reader.ts";
import { readSegments } from "../output/read-segments.ts";
import type { Submitted } from "../submit/submit-attempt.ts";

/** Frames that the stream did not bring, from the store's copy, where this side sees it. */
export async function fillGaps({ runLog, entry }: Submitted, reader: FrameReader): Promise<void> {
  const whole = reader.gaps().length === 0 && reader.receipt() !== undefined;
  if (whole || !runLog || entry.owner !== "submitter") return;
  for await (const frame of readSegments(runLog, entry, 1)) reader.accept(frame);
}
