import type { Bucket } from "../client/bucket.ts";
import { readRange } from "./read-range.ts";

/** A blob by its digest, `sha256:<hex>`. */
export interface BlobSize {
  readonly digest: string;
  readonly bytes: number;
}

const rangeBytes = 8 * 1024 ** 2;
/** Ranges that come while one is taken. */
const ahead = 4;

/** The bytes of a blob in order, not yet checked; undefined in the place of what is not there. */
export async function* blobContent(
  bucket: Bucket,
  { digest, bytes }: BlobSize,
): AsyncGenerator<Buffer | undefined> {
  const coming: Promise<Buffer | undefined>[] = [];
  try {
    for (let start = 0; start === 0 || start < bytes; start += rangeBytes) {
      const length = Math.min(rangeBytes, bytes - start);
      coming.push(readRange(bucket, { digest, blobBytes: bytes, start, bytes: length }));
      // Whoever takes it sees the failure.
      coming.at(-1)?.catch(() => undefined);
      if (coming.length > ahead) yield await coming.shift();
    }
    while (coming.length > 0) yield await coming.shift();
  } finally {
    await Promise.allSettled(coming);
  }
}
