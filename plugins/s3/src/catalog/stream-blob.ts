import type { Bucket } from "../client/bucket.ts";
import { explainError } from "../client/explain-error.ts";
import { isPassing } from "../client/is-passing.ts";
import { openBlob, type BlobSize } from "./open-blob.ts";

/** Answers in a row that may break off before their first byte. */
const maxFutile = 5;

/**
 * The bytes of a blob in order, not yet checked; an answer that breaks off is followed by one for the rest. Undefined in the place
 * of bytes that are not there.
 */
export async function* streamBlob(
  bucket: Bucket,
  blob: BlobSize,
): AsyncGenerator<Buffer | undefined> {
  let from = 0;
  let futile = 0;
  while (from < blob.bytes) {
    const begun = from;
    const chunks = await openBlob(bucket, { ...blob, from }, (body) => body);
    if (chunks === undefined) {
      yield undefined;
      return;
    }
    try {
      for await (const chunk of chunks) {
        from += chunk.length;
        yield chunk;
      }
    } catch (error) {
      futile = from > begun ? 0 : futile + 1;
      if (!isPassing(error) || futile > maxFutile) throw explainError(error, bucket.place);
    }
  }
}
