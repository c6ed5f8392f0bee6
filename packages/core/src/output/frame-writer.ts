import type { Json } from "@runnable/plugin";

import { createFrameEncoder, fitParts } from "./frame-encoder.ts";
import { maxTextBytes, utf8Border } from "./frame-text.ts";
import type { Channel, Frame } from "./frame.ts";
import { createLineSplitter } from "./line-splitter.ts";
import type { Redactor } from "./redactor.ts";

/** Where frames go. */
export interface FrameWriterOptions {
  /** Takes whole lines of framed output. A promise says that the receiver is full until it resolves; it must not reject. */
  readonly write?: (lines: Uint8Array) => void | Promise<void>;
  /** Sees each frame when it is made. Its bytes are valid during the call only. */
  readonly onFrame?: (frame: Frame) => void;
  /** Redacts standard output and error; not events, whose JSON the caller has redacted. */
  readonly redact?: Redactor;
}

/** Standard output or error of the job, framed. */
export interface FramedStream {
  readonly push: (chunk: Uint8Array) => void;
  /** Gives what waits for its newline. */
  readonly end: () => void;
}

/** Frames the output of a job in one order. */
export interface FrameWriter {
  readonly stream: (channel: "o" | "e") => FramedStream;
  /** Writes progress, or the receipt (the last frame: end the streams before). */
  readonly event: (channel: "p" | "x", value: Json) => void;
  /** Resolves when the receiver can take more. Await it between chunks, and before the process ends. */
  readonly drained: () => Promise<void>;
}

/** Milliseconds after which a line without newline (a prompt, a progress bar) is written as a part. */
const idleMs = 100;

/** A writer of framed output; the format is that of {@link Frame}. */
export function createFrameWriter(options: FrameWriterOptions): FrameWriter {
  const { write, onFrame, redact } = options;
  const encoder = createFrameEncoder();
  let seq = 0;
  let pending: Promise<void> | undefined;

  function add(channel: Channel, part: Part): void {
    for (const { bytes, plain, last } of fitParts(part.bytes, part.plain)) {
      seq += 1;
      const frame: Frame = { seq, channel, bytes, newline: part.newline && last };
      onFrame?.(frame);
      if (write === undefined) continue;
      if (encoder.full()) flush();
      encoder.add(frame, plain);
    }
  }

  function flush(): void {
    const lines = encoder.take();
    if (lines === undefined || write === undefined) return;
    const taken = write(lines);
    if (taken === undefined) return;
    pending = pending === undefined ? taken : Promise.all([pending, taken]).then(() => undefined);
  }

  function stream(channel: "o" | "e"): FramedStream {
    const splitter = createLineSplitter((bytes, newline, plain) => {
      add(channel, { bytes, newline, plain });
    });
    const redacted = redact?.stream();
    const idle = createIdleTimer(() => {
      splitter.flush();
      flush();
    });
    return {
      push(chunk) {
        splitter.push(redacted === undefined ? chunk : redacted.push(chunk));
        flush();
        idle.restart(splitter.waiting());
      },
      end() {
        if (redacted !== undefined) splitter.push(redacted.end());
        splitter.end();
        flush();
        idle.restart(false);
      },
    };
  }

  function event(channel: "p" | "x", value: Json): void {
    let rest: Uint8Array = Buffer.from(JSON.stringify(value));
    while (rest.length > maxTextBytes) {
      const border = utf8Border(rest, maxTextBytes);
      add(channel, { bytes: rest.subarray(0, border), newline: false, plain: true });
      rest = rest.subarray(border);
    }
    add(channel, { bytes: rest, newline: true, plain: true });
    flush();
  }

  async function drained(): Promise<void> {
    while (pending !== undefined) {
      const waited = pending;
      await waited;
      if (pending === waited) pending = undefined;
    }
  }

  return { stream, event, drained };
}

interface Part {
  readonly bytes: Uint8Array;
  readonly newline: boolean;
  readonly plain: boolean;
}

interface IdleTimer {
  /** Begins to count again, or stops. */
  readonly restart: (wanted: boolean) => void;
}

function createIdleTimer(onIdle: () => void): IdleTimer {
  let timer: NodeJS.Timeout | undefined;
  return {
    restart(wanted) {
      if (!wanted) {
        clearTimeout(timer);
        timer = undefined;
      } else if (timer === undefined) {
        // Must not keep a process alive whose job has ended.
        timer = setTimeout(() => {
          timer = undefined;
          onIdle();
        }, idleMs).unref();
      } else {
        timer.refresh();
      }
    },
  };
}
