import type { OutputSegment } from "@runnable/plugin";

import type { Frame } from "./frame.ts";
import { formatRecordedFrame } from "./recorded-frame.ts";
import {
  createSegmentQueue,
  type SegmentQueueOptions,
  type SegmentsResult,
} from "./segment-queue.ts";

/** What a segment writer needs. */
export interface SegmentWriterOptions extends SegmentQueueOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Keeps output in closed segments of at most 1 MiB (and a frame) or 1 s. The job goes on when the store fails. */
export interface SegmentWriter {
  readonly push: (frame: Frame) => void;
  /** Resolves when little waits for the store; await it between chunks. At once while the store fails. */
  readonly drained: () => Promise<void>;
  /** Writes what is left, trying once more what failed. */
  readonly close: () => Promise<SegmentsResult>;
  /** Closes the segment and gives what is left to be kept at once: for a process that is about to end. */
  readonly takeRest: () => readonly OutputSegment[];
}

const segmentCharacters = 1024 * 1024;
const segmentMs = 1000;

/** A writer of segments, numbered from 1. Call `close` before the process ends. */
export function createSegmentWriter(options: SegmentWriterOptions): SegmentWriter {
  const { now = Date.now } = options;
  const queue = createSegmentQueue(options);
  let lines: string[] = [];
  let characters = 0;
  let timer: NodeJS.Timeout | undefined;

  function closeSegment(): void {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length > 0) queue.add(lines.join(""), lines.length);
    lines = [];
    characters = 0;
    queue.write();
  }

  return {
    push(frame) {
      const line = formatRecordedFrame(frame, now());
      lines.push(line);
      characters += line.length;
      if (characters >= segmentCharacters) closeSegment();
      else timer ??= setTimeout(closeSegment, segmentMs).unref();
    },
    drained: queue.drained,
    takeRest() {
      closeSegment();
      return queue.takeRest();
    },
    async close() {
      closeSegment();
      return queue.close();
    },
  };
}
