import type { Bucket } from "../client/bucket.ts";
import { statusOf } from "../client/fault.ts";
import { blobKey } from "./catalog-keys.ts";

/** A part of a blob. */
export interface BlobRange {
  readonly digest: string;
  /** Of the whole blob. */
  readonly blobBytes: number;
  readonly start: number;
  readonly bytes: number;
}

/** Reads a part of a blob, once more if it is cut short; undefined where there is no blob of that size. */
export async function readRange(bucket: Bucket, range: BlobRange): Promise<Buffer | undefined> {
  try {
    return await bucket.sendIfThere(async (client, { GetObjectCommand }) => {
      const { start, bytes, blobBytes, digest } = range;
      const answer = await client.send(
        new GetObjectCommand({
          Bucket: bucket.place.bucket,
          Key: bucket.place.prefix + blobKey(digest),
          ...(bytes < blobBytes && { Range: `bytes=${start}-${start + bytes - 1}` }),
        }),
      );
      const total = Number(answer.ContentRange?.split("/")[1] ?? answer.ContentLength);
      if (total === blobBytes) return collect(answer.Body as AsyncIterable<Buffer>, bytes);
      void answer.Body?.transformToWebStream().cancel();
      return undefined;
    });
  } catch (error) {
    // The range begins after the end.
    if (statusOf(error) === 416) return undefined;
    throw error;
  }
}

async function collect(chunks: AsyncIterable<Buffer>, bytes: number): Promise<Buffer> {
  const content = Buffer.allocUnsafeSlow(bytes);
  let at = 0;
  for await (const chunk of chunks) at += chunk.copy(content, at);
  if (at === bytes) return content;
  // As Node.js names a stream that ends too early: it is read again.
  const error = new Error(`${at} of ${bytes} bytes came`);
  throw Object.assign(error, { code: "ERR_STREAM_PREMATURE_CLOSE" });
}
