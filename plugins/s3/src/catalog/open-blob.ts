import type { Bucket } from "../client/bucket.ts";
import { statusOf } from "../client/fault.ts";
import { blobKey } from "./catalog-keys.ts";

/** A blob as a record names it. */
export interface BlobSize {
  /** `sha256:<hex>`. */
  readonly digest: string;
  readonly bytes: number;
}

/** Gives what `take` makes of a blob's bytes from a position on, not yet checked; undefined where there is no blob of that size. */
export async function openBlob<T>(
  bucket: Bucket,
  { digest, bytes, from = 0 }: BlobSize & { readonly from?: number },
  take: (chunks: AsyncIterable<Buffer>) => Promise<T> | T,
): Promise<T | undefined> {
  try {
    return await bucket.sendIfThere(async (client, { GetObjectCommand }) => {
      const answer = await client.send(
        new GetObjectCommand({
          Bucket: bucket.place.bucket,
          Key: bucket.place.prefix + blobKey(digest),
          // Servers are quicker without a range.
          ...(from > 0 && { Range: `bytes=${from}-` }),
        }),
      );
      const total = Number(answer.ContentRange?.split("/")[1] ?? answer.ContentLength);
      if (total === bytes) return take(answer.Body as AsyncIterable<Buffer>);
      void answer.Body?.transformToWebStream().cancel();
      return undefined;
    });
  } catch (error) {
    // It is shorter than the position.
    if (statusOf(error) === 416) return undefined;
    throw error;
  }
}
