import type { Bucket } from "../client/bucket.ts";
import { statusOf } from "../client/fault.ts";
import { blobKey } from "./catalog-keys.ts";

/** Where a part of a blob begins. */
export interface BlobRange {
  readonly digest: string;
  /** Of the whole blob. */
  readonly blobBytes: number;
  readonly start: number;
}

/** Fills memory with a part of a blob, once more if it is cut short; undefined where there is no blob of that size. */
export async function readRange(
  bucket: Bucket,
  { digest, blobBytes, start }: BlobRange,
  into: Buffer,
): Promise<Buffer | undefined> {
  const isWhole = into.length === blobBytes;
  try {
    return await bucket.sendIfThere(async (client, { GetObjectCommand }) => {
      const answer = await client.send(
        new GetObjectCommand({
          Bucket: bucket.place.bucket,
          Key: bucket.place.prefix + blobKey(digest),
          ...(isWhole ? {} : { Range: `bytes=${start}-${start + into.length - 1}` }),
        }),
      );
      const total = Number(answer.ContentRange?.split("/")[1] ?? answer.ContentLength);
      if (total === blobBytes) return fill(into, answer.Body as AsyncIterable<Buffer>);
      void answer.Body?.transformToWebStream().cancel();
      return undefined;
    });
  } catch (error) {
    // The range begins after the end.
    if (statusOf(error) === 416) return undefined;
    throw error;
  }
}

async function fill(into: Buffer, chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  let at = 0;
  for await (const chunk of chunks) at += chunk.copy(into, at);
  if (at === into.length) return into;
  // As Node.js names a stream that ends too early: it is read again.
  const error = new Error(`${at} of ${into.length} bytes came`);
  throw Object.assign(error, { code: "ERR_STREAM_PREMATURE_CLOSE" });
}
