import type { OutputSegment } from "@runnable/plugin";

/** How segments are kept. */
export interface SegmentQueueOptions {
  /** Keeps a segment durably; called for one segment at a time, in order, again for the same one after it failed. */
  readonly append: (segment: OutputSegment) => Promise<void>;
  /** Told once, at the first failure of `append`. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** What became of the output. */
export interface SegmentsResult {
  /** Frames that the store did not take. */
  readonly lostFrames: number;
  /** The store's last error, if frames were lost. */
  readonly error?: unknown;
}

/** Closed segments on their way to the store. */
export interface SegmentQueue {
  /** Adds `frames` NDJSON lines as one segment, or counts them as lost while the store fails and much waits already. */
  readonly add: (text: string, frames: number) => void;
  /** Begins to write what waits, if that is not going on. */
  readonly write: () => void;
  /** Resolves when little waits; at once while the store fails. */
  readonly drained: () => Promise<void>;
  /** Writes what is left, trying once more what failed. */
  readonly close: () => Promise<SegmentsResult>;
  /** Gives what is left, also a segment that is being written; nothing is kept back. */
  readonly takeRest: () => readonly OutputSegment[];
}

/** Segments that may wait before `drained` makes the job's output wait. */
const shortQueue = 4;
/** Segments that are kept while the store fails. */
const longestFailingQueue = 32;

interface QueuedSegment extends OutputSegment {
  readonly frames: number;
}

/** A queue that numbers segments from 1 and keeps their order. */
export function createSegmentQueue({ append, onError }: SegmentQueueOptions): SegmentQueue {
  const queue: QueuedSegment[] = [];
  let number = 0;
  let lostFrames = 0;
  let failure: { readonly error: unknown } | undefined;
  let told = false;
  let writing: Promise<void> | undefined;
  let waiting: (() => void)[] = [];

  async function writeAll(): Promise<void> {
    for (let segment = queue[0]; segment !== undefined; segment = queue[0]) {
      try {
        await append({ number: segment.number, text: segment.text });
      } catch (error) {
        fail(error);
        return;
      }
      failure = undefined;
      queue.shift();
      if (queue.length <= shortQueue) letGo();
    }
  }

  function fail(error: unknown): void {
    failure = { error };
    if (!told) onError?.(error);
    told = true;
    letGo();
  }

  function letGo(): void {
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  function write(): void {
    writing ??= writeAll().finally(() => {
      writing = undefined;
    });
  }

  return {
    add(text, frames) {
      if (failure !== undefined && queue.length >= longestFailingQueue) {
        lostFrames += frames;
        return;
      }
      number += 1;
      queue.push({ number, text, frames });
    },
    write,
    async drained() {
      if (failure !== undefined || queue.length <= shortQueue) return;
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    },
    takeRest: () => queue.splice(0),
    async close() {
      await writing;
      write();
      await writing;
      lostFrames += queue.reduce((sum, segment) => sum + segment.frames, 0);
      queue.length = 0;
      return { lostFrames, ...(lostFrames > 0 && { error: failure?.error }) };
    },
  };
}
