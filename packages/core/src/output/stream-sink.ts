import type { Writable } from "node:stream";

/** Writes to a stream for a frame writer: a promise is given where the stream is full. A reader that goes away ends nothing. */
export function createStreamSink(stream: Writable): (bytes: Uint8Array) => void | Promise<void> {
  outliveReader(stream);
  return (bytes) => (stream.write(bytes) ? undefined : streamDrained(stream));
}

/** Streams whose errors are listened to, and whether one came. */
const watched = new WeakMap<Writable, { broken: boolean }>();

/** Lets a stream's reader go away: the job is recorded to its end, also when nobody reads its output any more. */
export function outliveReader(stream: Writable): void {
  if (watched.has(stream)) return;
  const state = { broken: false };
  watched.set(stream, state);
  stream.on("error", () => {
    state.broken = true;
  });
}

/** Resolves when the stream can take more, or never will. */
export async function streamDrained(stream: Writable): Promise<void> {
  // Standard streams are never destroyed, and stay full once their reader is gone.
  if (!stream.writableNeedDrain || stream.destroyed || watched.get(stream)?.broken) return;
  const events = ["drain", "close", "error"];
  await new Promise<void>((resolve) => {
    function done(): void {
      for (const event of events) stream.off(event, done);
      resolve();
    }
    for (const event of events) stream.on(event, done);
  });
}
