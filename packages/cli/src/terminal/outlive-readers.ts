/** Codes of a write to a reader that is gone: a pipe whose other end closed, a terminal that hung up. */
const gone: ReadonlySet<unknown> = new Set(["EPIPE", "EIO"]);

/**
 * Goes on when nobody reads the output any more (`runnable run … | head`): a run is recorded to its end all the same. What is
 * written from then on is dropped.
 */
export function outliveReaders(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (!gone.has(error.code)) throw error;
    });
  }
}
