import type { Writable } from "node:stream";

/** Writes to a stream for a frame writer: a promise is given where the stream is full. A reader that goes away ends nothing. */
export function createStreamSink(stream: Writable): (bytes: Uint8Array) => void | Promise<void> {
  // The job is recorded to its end, also when nobody reads its output any more.
  stream.on("error", () => undefined);
  return (bytes) => (stream.write(bytes) ? undefined : streamDrained(stream));
}

/** Resolves when the stream can take more, or never will. */
export async function streamDrained(stream: Writable): Promise<void> {
  if (!stream.writableNeedDrain || stream.destroyed) return;
  const events = ["drain", "close", "error"];
  await new Promise<void>((resolve) => {
    function done(): void {
      for (const event of events) stream.off(event, done);
      resolve();
    }
    for (const event of events) stream.on(event, done);
  });
}
