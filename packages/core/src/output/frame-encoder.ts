import { isPlainText, maxBinaryBytes, maxLineBytes } from "./frame-text.ts";
import type { Frame } from "./frame.ts";

/** Writes frames as lines into one buffer after the other. */
export interface FrameEncoder {
  /** Adds one line. The frame's bytes are at most `maxTextBytes`, or `maxBinaryBytes` where not plain. */
  readonly add: (frame: Frame, plain: boolean) => void;
  /** The lines since the last call, or nothing. */
  readonly take: () => Uint8Array | undefined;
  /** Whether the buffer is nearly full: take before you add. */
  readonly full: () => boolean;
}

const slabBytes = 128 * 1024;

/** An encoder of frames. What `take` gave is never written again. */
export function createFrameEncoder(): FrameEncoder {
  let slab = Buffer.allocUnsafe(slabBytes);
  let start = 0;
  let end = 0;

  return {
    add(frame, plain) {
      const flags = `${plain ? "" : "64"}${frame.newline ? "" : "+"}`;
      end += slab.write(`${frame.seq} ${frame.channel}${flags} `, end, "latin1");
      if (plain) {
        slab.set(frame.bytes, end);
        end += frame.bytes.length;
      } else {
        const { buffer, byteOffset, byteLength } = frame.bytes;
        const base64 = Buffer.from(buffer, byteOffset, byteLength).toString("base64");
        end += slab.write(base64, end, "latin1");
      }
      slab[end] = 10;
      end += 1;
    },
    take() {
      const lines = end > start ? slab.subarray(start, end) : undefined;
      start = end;
      if (slabBytes - end < maxLineBytes) {
        slab = Buffer.allocUnsafe(slabBytes);
        start = 0;
        end = 0;
      }
      return lines;
    },
    full: () => slabBytes - end < maxLineBytes,
  };
}

/** Parts that fit into a line each: text as it is, other bytes in pieces whose base64 fits. `plain` is true, or unknown. */
export function* fitParts(
  bytes: Uint8Array,
  plain: boolean,
): Generator<{ readonly bytes: Uint8Array; readonly plain: boolean; readonly last: boolean }> {
  if (plain || isPlainText(bytes)) {
    yield { bytes, plain: true, last: true };
    return;
  }
  for (let start = 0; start < bytes.length; start += maxBinaryBytes) {
    const end = start + maxBinaryBytes;
    yield { bytes: bytes.subarray(start, end), plain: false, last: end >= bytes.length };
  }
}
