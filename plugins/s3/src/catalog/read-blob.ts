import type { Bucket } from "../client/bucket.ts";
import { openBlob, type BlobSize } from "./open-blob.ts";

/** The bytes of a blob, not yet checked, read once more when they are cut short; undefined where there is no blob of that size. */
export function readBlob(bucket: Bucket, blob: BlobSize): Promise<Buffer | undefined> {
  return openBlob(bucket, blob, async (chunks) => {
    const content = Buffer.allocUnsafe(blob.bytes);
    let at = 0;
    for await (const chunk of chunks) at += chunk.copy(content, at);
    if (at === blob.bytes) return content;
    // As Node.js names a stream that ends too early: it is read again.
    const error = new Error(`${at} of ${blob.bytes} bytes came`);
    throw Object.assign(error, { code: "ERR_STREAM_PREMATURE_CLOSE" });
  });
}
