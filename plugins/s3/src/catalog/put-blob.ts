import type { Bucket } from "../client/bucket.ts";
import { encryptionFields, isTaken } from "../client/objects.ts";
import { blobKey } from "./catalog-keys.ts";

/** Bytes with their digest, `sha256:<hex>`. */
export interface Blob {
  readonly digest: string;
  readonly content: Buffer;
}

/** Keeps bytes in one request; the server compares what arrives with the digest. A blob that is there already stays. */
export async function putBlob(bucket: Bucket, { digest, content }: Blob): Promise<void> {
  const { place, send } = bucket;
  const hex = digest.slice("sha256:".length);
  try {
    await send((client, { PutObjectCommand }) =>
      client.send(
        new PutObjectCommand({
          Bucket: place.bucket,
          Key: place.prefix + blobKey(digest),
          ...encryptionFields(place.encryption),
          Body: content,
          ContentLength: content.length,
          ChecksumSHA256: Buffer.from(hex, "hex").toString("base64"),
          IfNoneMatch: "*",
        }),
      ),
    );
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
}

/** Whether a blob is there with all its bytes. */
export async function hasBlob(
  { place, sendIfThere }: Bucket,
  { digest, bytes }: { readonly digest: string; readonly bytes: number },
): Promise<boolean> {
  const head = await sendIfThere((client, { HeadObjectCommand }) =>
    client.send(
      new HeadObjectCommand({ Bucket: place.bucket, Key: place.prefix + blobKey(digest) }),
    ),
  );
  return head?.ContentLength === bytes;
}
