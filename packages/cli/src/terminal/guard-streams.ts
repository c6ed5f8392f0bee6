import type { ProgressLine } from "./progress-line.ts";

/** A stream of this process that shares the terminal with the line. */
export interface GuardedStream {
  readonly write: NodeJS.WriteStream["write"];
}

const redrawMs = 50;

/**
 * Makes everything that is written to the streams appear above the progress line: it is taken away before, and drawn again
 * once the output pauses. Gives the function that ends this.
 */
export function guardStreams(streams: readonly GuardedStream[], line: ProgressLine): () => void {
  let timer: NodeJS.Timeout | undefined;

  function after(chunk: Uint8Array | string): void {
    if (chunk.length > 0) line.block(!endsLine(chunk));
    // Drawn later: a job that writes thousands of lines should not pay for thousands of bars.
    timer ??= setTimeout(() => {
      timer = undefined;
      line.show();
    }, redrawMs).unref();
  }

  const releases = streams.map((stream) => guard(stream, line.hide, after));
  return () => {
    clearTimeout(timer);
    line.end();
    for (const release of releases) release();
  };
}

function guard(
  stream: GuardedStream,
  before: () => void,
  after: (chunk: Uint8Array | string) => void,
): () => void {
  const own = Object.getOwnPropertyDescriptor(stream, "write");
  const original: (...parts: Parameters<GuardedStream["write"]>) => boolean =
    stream.write.bind(stream);
  const write = (...parts: Parameters<GuardedStream["write"]>): boolean => {
    before();
    const result = original(...parts);
    after(parts[0]);
    return result;
  };
  Object.defineProperty(stream, "write", { value: write, configurable: true, writable: true });
  return () => {
    if (stream.write !== write) return;
    if (own === undefined) Reflect.deleteProperty(stream, "write");
    else Object.defineProperty(stream, "write", own);
  };
}

function endsLine(chunk: Uint8Array | string): boolean {
  return typeof chunk === "string" ? chunk.endsWith("\n") : chunk.at(-1) === 10;
}
