import type { OutputSegment } from "@runnable/plugin";

import type { Frame } from "./frame.ts";
import { formatRecordedFrame } from "./recorded-frame.ts";

/** What a segment writer needs. */
export interface SegmentWriterOptions {
  /** Keeps a segment durably; called for one segment at a time, in order, again for the same one after it failed. */
  readonly append: (segment: OutputSegment) => Promise<void>;
  /** Told once, at the first failure of `append`. */
  readonly onError?: (error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** What became of the output. */
export interface SegmentsResult {
  /** Frames that the store did not take. */
  readonly lostFrames: number;
  /** The store's last error, if frames were lost. */
  readonly error?: unknown;
}

/** Keeps output in closed segments of at most 1 MiB (a frame more) or 1 s. The job goes on when the store fails. */
export interface SegmentWriter {
  readonly push: (frame: Frame) => void;
  /** Resolves when the queue is short again; await it between chunks. At once while the store fails. */
  readonly drained: () => Promise<void>;
  /** Writes what is left, trying once more what failed. */
  readonly close: () => Promise<SegmentsResult>;
}

const segmentCharacters = 1024 * 1024;
const segmentMs = 1000;
/** Closed segments that wait, before `drained` makes the job's output wait; and those kept while the store fails. */
const shortQueue = 4;
const longestFailingQueue = 32;

interface ClosedSegment extends OutputSegment {
  readonly frames: number;
}

/** A writer of segments, numbered from 1. */
export function createSegmentWriter(options: SegmentWriterOptions): SegmentWriter {
  const { append, onError, now = Date.now } = options;
  const queue: ClosedSegment[] = [];
  let lines: string[] = [];
  let characters = 0;
  let number = 0;
  let lostFrames = 0;
  let failure: { readonly error: unknown } | undefined;
  let told = false;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let waiting: (() => void)[] = [];

  function push(frame: Frame): void {
    const line = formatRecordedFrame(frame, now());
    lines.push(line);
    characters += line.length;
    if (characters >= segmentCharacters) closeSegment();
    else timer ??= setTimeout(closeSegment, segmentMs).unref();
  }

  function closeSegment(): void {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length > 0) enqueue(lines);
    lines = [];
    characters = 0;
    writing ??= writeQueue().finally(() => {
      writing = undefined;
    });
  }

  function enqueue(closed: readonly string[]): void {
    if (failure !== undefined && queue.length >= longestFailingQueue) {
      lostFrames += closed.length;
      return;
    }
    number += 1;
    queue.push({ number, text: closed.join(""), frames: closed.length });
  }

  async function writeQueue(): Promise<void> {
    for (let segment = queue[0]; segment !== undefined; segment = queue[0]) {
      try {
        await append({ number: segment.number, text: segment.text });
      } catch (error) {
        failure = { error };
        if (!told) onError?.(error);
        told = true;
        letGo();
        return;
      }
      failure = undefined;
      queue.shift();
      if (queue.length <= shortQueue) letGo();
    }
  }

  function letGo(): void {
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  async function drained(): Promise<void> {
    if (failure !== undefined || queue.length <= shortQueue) return;
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  }

  async function close(): Promise<SegmentsResult> {
    await writing;
    closeSegment();
    await writing;
    lostFrames += queue.reduce((sum, segment) => sum + segment.frames, 0);
    queue.length = 0;
    return { lostFrames, ...(lostFrames > 0 && { error: failure?.error }) };
  }

  return { push, drained, close };
}
