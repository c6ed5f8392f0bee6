import { open, type FileHandle } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 20;
const longestPollMs = 250;
const chunkBytes = 256 * 1024;

/** How a growing file is read. */
export interface TailOptions {
  /** Byte to begin at. */
  readonly from: number;
  /** Whether the writer is gone; asked when nothing new has come. */
  readonly ended: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** Bytes of a file as they are appended, until its writer has ended and everything is read. */
export async function* tailFile(path: string, options: TailOptions): AsyncGenerator<Uint8Array> {
  const file = await open(path, "r");
  try {
    yield* appendedBytes(file, options);
  } finally {
    await file.close();
  }
}

async function* appendedBytes(file: FileHandle, options: TailOptions): AsyncGenerator<Uint8Array> {
  let position = options.from;
  let waitMs = pollMs;
  let ended = false;
  while (!options.signal.aborted) {
    const { bytesRead, buffer } = await file.read(
      Buffer.allocUnsafe(chunkBytes),
      0,
      chunkBytes,
      position,
    );
    if (bytesRead > 0) {
      position += bytesRead;
      waitMs = pollMs;
      yield buffer.subarray(0, bytesRead);
      continue;
    }
    // Once more after the end: the last bytes may have come between reading and asking.
    if (ended) return;
    ended = await options.ended();
    if (ended) continue;
    await sleep(waitMs, undefined, { signal: options.signal }).catch(() => undefined);
    waitMs = Math.min(waitMs * 1.2, longestPollMs);
  }
}
