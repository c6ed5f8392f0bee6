import type { RedactedStream } from "./redactor.ts";

/** What passes `process.stdout` and `process.stderr` of this process, until released. */
export interface CapturedOutput {
  /** Writes what was held back, and restores both streams, unless somebody has patched them since. */
  readonly release: () => void;
}

/** Who gets the output, and what it may not show. */
export interface CaptureOptions {
  readonly onOutput: (channel: "o" | "e", bytes: Uint8Array) => void;
  /** Redacts a stream before it is shown and given; called once for each. */
  readonly redact: () => RedactedStream;
}

type Callback = (error?: Error | null) => void;

/**
 * Gives a copy of everything that this process writes to its standard streams, redacted; what is shown is redacted too. The
 * original write happens at once, and its value and callbacks are kept. What writes to the file descriptors (a child with
 * inherited streams) is not seen.
 */
export function captureProcessOutput({ onOutput, redact }: CaptureOptions): CapturedOutput {
  const releases = [
    capture(process.stdout, redact(), (bytes) => onOutput("o", bytes)),
    capture(process.stderr, redact(), (bytes) => onOutput("e", bytes)),
  ];
  return { release: () => releases.forEach((release) => release()) };
}

function capture(
  stream: NodeJS.WriteStream,
  redacted: RedactedStream,
  take: (bytes: Uint8Array) => void,
): () => void {
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
    // What is no chunk is for the original to refuse.
    if (released || !isChunk(chunk)) return original(chunk, encoding, done);
    const bytes = typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk;
    const shown = redacted.push(bytes);
    // A chunk that needs no redaction goes on as it came: a string may be dearer as bytes.
    const result = shown === bytes ? original(chunk, encoding, done) : original(shown, done);
    take(shown);
    return result;
  }

  stream.write = write;
  return () => {
    const rest = redacted.end();
    if (!released && rest.length > 0) {
      original(rest);
      take(rest);
    }
    released = true;
    if (stream.write !== write) return;
    if (own === undefined) Reflect.deleteProperty(stream, "write");
    else Object.defineProperty(stream, "write", own);
  };
}

function isChunk(chunk: unknown): chunk is Uint8Array | string {
  return typeof chunk === "string" || chunk instanceof Uint8Array;
}
