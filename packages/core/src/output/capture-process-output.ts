/** What passes `process.stdout` and `process.stderr` of this process, until released. */
export interface CapturedOutput {
  /** Restores both streams, unless somebody has patched them since. */
  readonly release: () => void;
}

type Callback = (error?: Error | null) => void;

/**
 * Gives a copy of everything that this process writes to its standard streams; the original write happens at once, and its
 * value and callbacks are kept. What writes to the file descriptors (a child with inherited streams) is not seen.
 */
export function captureProcessOutput(
  onOutput: (channel: "o" | "e", bytes: Uint8Array) => void,
): CapturedOutput {
  const releases = [
    capture(process.stdout, (bytes) => onOutput("o", bytes)),
    capture(process.stderr, (bytes) => onOutput("e", bytes)),
  ];
  return { release: () => releases.forEach((release) => release()) };
}

function capture(stream: NodeJS.WriteStream, take: (bytes: Uint8Array) => void): () => void {
  const own = Object.getOwnPropertyDescriptor(stream, "write");
  const original = stream.write.bind(stream);
  let released = false;

  function write(
    chunk: Uint8Array | string,
    encodingOrCallback?: BufferEncoding | Callback,
    callback?: Callback,
  ): boolean {
    const encoding = typeof encodingOrCallback === "string" ? encodingOrCallback : undefined;
    const done = typeof encodingOrCallback === "function" ? encodingOrCallback : callback;
    // First the original: it refuses what is no chunk.
    const result = original(chunk, encoding, done);
    if (!released) take(typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk);
    return result;
  }

  stream.write = write;
  return () => {
    released = true;
    if (stream.write !== write) return;
    if (own === undefined) Reflect.deleteProperty(stream, "write");
    else Object.defineProperty(stream, "write", own);
  };
}
