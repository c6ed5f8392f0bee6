import type { Writable } from "node:stream";

import type { Frame } from "./frame.ts";
import { outliveReader, streamDrained } from "./stream-sink.ts";

/** Writes frames as the bytes that the job wrote. */
export interface FramePrinter {
  /** Takes a frame of standard output or error; others are passed over. */
  readonly print: (frame: Frame) => void;
  /** Writes what is collected; resolves when the receivers can take more. */
  readonly flush: () => Promise<void>;
}

/** Where the job's output goes. */
export interface PrintTargets {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** Frames in one write: a write for each would cost a system call a line. */
const collectedBytes = 64 * 1024;
const newline: Uint8Array = Uint8Array.of(10);

/** A printer that collects up to 64 KiB, or until the event loop turns, and keeps the order between the two streams. */
export function createFramePrinter({ stdout, stderr }: PrintTargets): FramePrinter {
  outliveReader(stdout);
  outliveReader(stderr);
  let target = stdout;
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  let scheduled = false;

  function print(frame: Frame): void {
    if (frame.channel !== "o" && frame.channel !== "e") return;
    const wanted = frame.channel === "o" ? stdout : stderr;
    if (wanted !== target) write();
    target = wanted;
    pieces.push(frame.bytes);
    if (frame.newline) pieces.push(newline);
    bytes += frame.bytes.length + 1;
    if (bytes >= collectedBytes) write();
    else if (!scheduled) schedule();
  }

  function schedule(): void {
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      write();
    });
  }

  function write(): void {
    if (pieces.length > 0) target.write(Buffer.concat(pieces));
    pieces = [];
    bytes = 0;
  }

  async function flush(): Promise<void> {
    write();
    await Promise.all([stdout, stderr].map(streamDrained));
  }

  return { print, flush };
}
