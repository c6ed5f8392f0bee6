import { createForeignLines } from "./foreign-lines.ts";
import { parseFrameLine } from "./frame-line.ts";
import { maxLineBytes } from "./frame-text.ts";
import type { Frame } from "./frame.ts";
import { createSequenceTracker, type Gap } from "./sequence-tracker.ts";

/** Reads framed output from a stream that may be cut, repeated, and mixed with the platform's own words. */
export interface FrameReader {
  /** Takes bytes, cut anywhere. */
  readonly push: (bytes: Uint8Array) => void;
  /** The stream was cut and begins again, at `bytesTaken` or at the beginning of an earlier line: what is left of a line is dropped. */
  readonly restart: () => void;
  /** The stream ended: a last line without newline is a word of the platform. */
  readonly end: () => void;
  /** Takes a frame that came by another way (the store's copy); a double is dropped. */
  readonly accept: (frame: Frame) => void;
  /** Frames that never came, as far as later ones show. */
  readonly gaps: () => readonly Gap[];
  /** Lines that are no frames: the newest 50, at most 8 KiB. */
  readonly foreign: () => readonly string[];
  /** Bytes of the log up to the end of its newest frame. */
  readonly bytesTaken: () => number;
  /** Text of the last `x` frame. */
  readonly receipt: () => string | undefined;
}

/** What a frame reader gives. */
export interface FrameReaderOptions {
  /** Each frame once: in order, or late where it fills a gap. A `p` or `x` frame that came in parts is given whole. */
  readonly onFrame: (frame: Frame) => void;
}

const newlineByte = 10;
/** No frame is longer; what is, is foreign, and not kept whole. */
const maxRestBytes: number = 2 * maxLineBytes;

/** A reader of framed output. */
export function createFrameReader({ onFrame }: FrameReaderOptions): FrameReader {
  const sequence = createSequenceTracker();
  const foreign = createForeignLines();
  const joinEvent = createEventJoiner();
  let rest = Buffer.alloc(0);
  let overlong = 0;
  let taken = 0;
  // Foreign bytes since the last frame: counted once a new frame follows, so that bytes of a repeated stretch never count.
  let uncounted = 0;
  let receipt: string | undefined;

  function takeLine(line: Buffer): void {
    const lineBytes = line.length + 1 + overlong;
    const frame = overlong === 0 ? parseFrameLine(line) : undefined;
    overlong = 0;
    if (frame === undefined) {
      foreign.add(line);
      uncounted += lineBytes;
      return;
    }
    const kind = sequence.take(frame.seq);
    if (kind === "next") taken += uncounted + lineBytes;
    uncounted = 0;
    if (kind !== "double") giveFrame(frame);
  }

  function giveFrame(frame: Frame): void {
    if (frame.channel === "o" || frame.channel === "e") {
      onFrame(frame);
      return;
    }
    const event = joinEvent(frame);
    if (event === undefined) return;
    if (event.channel === "x") receipt = Buffer.from(event.bytes).toString();
    onFrame(event);
  }

  return {
    push(chunk) {
      const bytes = Buffer.concat([rest, chunk]);
      let start = 0;
      for (
        let end = bytes.indexOf(newlineByte);
        end >= 0;
        end = bytes.indexOf(newlineByte, start)
      ) {
        takeLine(bytes.subarray(start, end));
        start = end + 1;
      }
      rest = Buffer.from(bytes.subarray(start));
      if (rest.length > maxRestBytes) {
        overlong += rest.length - maxLineBytes;
        rest = rest.subarray(0, maxLineBytes);
      }
    },
    restart() {
      rest = Buffer.alloc(0);
      overlong = 0;
      uncounted = 0;
    },
    end() {
      if (parseFrameLine(rest) === undefined) foreign.add(rest);
      rest = Buffer.alloc(0);
    },
    accept(frame) {
      if (sequence.take(frame.seq) !== "double") giveFrame(frame);
    },
    gaps: sequence.gaps,
    foreign: foreign.lines,
    bytesTaken: () => taken,
    receipt: () => receipt,
  };
}

/** Joins the parts of an event, which are written one right after the other; an event with a missing part is dropped. */
function createEventJoiner(): (frame: Frame) => Frame | undefined {
  let parts: Frame[] = [];
  return (frame) => {
    const before = parts.at(-1);
    if (before?.seq !== frame.seq - 1 || before.channel !== frame.channel) parts = [];
    parts.push({ ...frame, bytes: Uint8Array.from(frame.bytes) });
    if (!frame.newline) return undefined;
    const bytes = Buffer.concat(parts.map((part) => part.bytes));
    parts = [];
    return isJson(bytes.toString()) ? { ...frame, bytes } : undefined;
  };
}

/** False for an event whose first part never came. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
