import type { Bucket } from "../client/bucket.ts";
import { readRange } from "./read-range.ts";

/** A blob by its digest, `sha256:<hex>`. */
export interface BlobSize {
  readonly digest: string;
  readonly bytes: number;
}

/** What one request asks for. */
export const rangeBytes: number = 8 * 1024 ** 2;
/** Ranges that come while one is taken. */
const ahead = 3;

/**
 * The bytes of a blob in order, not yet checked; undefined in the place of what is not there. A piece is shared memory, and is used
 * again as soon as the next one is asked for: fresh memory would cost as much as the network.
 */
export async function* blobContent(
  bucket: Bucket,
  { digest, bytes }: BlobSize,
): AsyncGenerator<Buffer | undefined> {
  const spare = Array.from({ length: ahead + 1 }, () => sharedBuffer(rangeBytes));
  const coming: { readonly memory: Buffer; readonly content: Promise<Buffer | undefined> }[] = [];
  let start = 0;

  function ask(): void {
    for (let memory = spare.pop(); memory !== undefined; memory = spare.pop()) {
      if (start >= bytes) return;
      const into = memory.subarray(0, Math.min(rangeBytes, bytes - start));
      const content = readRange(bucket, { digest, blobBytes: bytes, start }, into);
      // Whoever takes it sees the failure.
      content.catch(() => undefined);
      coming.push({ memory, content });
      start += into.length;
    }
  }

  try {
    ask();
    for (let next = coming.shift(); next !== undefined; next = coming.shift()) {
      yield await next.content;
      spare.push(next.memory);
      ask();
    }
  } finally {
    await Promise.allSettled(coming.map(({ content }) => content));
  }
}

function sharedBuffer(bytes: number): Buffer {
  return Buffer.from(new SharedArrayBuffer(bytes));
}
