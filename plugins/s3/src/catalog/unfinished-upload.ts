import type { Bucket } from "../client/bucket.ts";
import { statusOf } from "../client/fault.ts";
import { blobKey } from "./catalog-keys.ts";
import type { LargeFile } from "./put-large.ts";

/** An upload in parts. */
export interface Upload {
  readonly id: string;
  /** By part number, from 1: what the server has. */
  readonly etags: Map<number, string>;
}

/**
 * What another put has sent of the same bytes, if it never came to its end; parts that are not as they should be are left out.
 * Undefined also where it can't be found out: then all is sent anew.
 */
export async function unfinishedUpload(
  bucket: Bucket,
  file: LargeFile,
): Promise<Upload | undefined> {
  try {
    return await findUpload(bucket, file);
  } catch (error) {
    if (unknowable.has(statusOf(error))) return undefined;
    throw error;
  }
}

/** Not allowed, completed or ended meanwhile, or not known to the server. */
const unknowable: ReadonlySet<number | undefined> = new Set([403, 404, 405, 501]);

async function findUpload(bucket: Bucket, file: LargeFile): Promise<Upload | undefined> {
  const { place, send } = bucket;
  const key = place.prefix + blobKey(file.digest);
  const { Uploads = [] } = await send((client, { ListMultipartUploadsCommand }) =>
    client.send(
      new ListMultipartUploadsCommand({ Bucket: place.bucket, Prefix: key, MaxUploads: 10 }),
    ),
  );
  const id = Uploads.find((upload) => upload.Key === key)?.UploadId;
  return id === undefined ? undefined : { id, etags: await etagsOf(bucket, { key, id, file }) };
}

interface Listing {
  readonly key: string;
  readonly id: string;
  readonly file: LargeFile;
}

async function etagsOf(
  { place, send }: Bucket,
  { key, id, file }: Listing,
): Promise<Map<number, string>> {
  const etags = new Map<number, string>();
  let marker: string | undefined;
  do {
    const page = await send((client, { ListPartsCommand }) =>
      client.send(
        new ListPartsCommand({
          Bucket: place.bucket,
          Key: key,
          UploadId: id,
          ...(marker !== undefined && { PartNumberMarker: marker }),
        }),
      ),
    );
    for (const { PartNumber = 0, ETag, Size, ChecksumCRC32 } of page.Parts ?? []) {
      const size = Math.min(file.partBytes, file.bytes - (PartNumber - 1) * file.partBytes);
      const isSame = Size === size && ChecksumCRC32 === file.checksums[PartNumber - 1];
      if (isSame && ETag !== undefined) etags.set(PartNumber, ETag);
    }
    marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
  } while (marker !== undefined);
  return etags;
}
