import { open, type FileHandle } from "node:fs/promises";

import type { Bucket } from "../client/bucket.ts";
import { encryptionFields, isTaken } from "../client/objects.ts";
import { allEnded } from "./all-ended.ts";
import type { ByteBudget } from "./byte-budget.ts";
import { blobKey } from "./catalog-keys.ts";
import type { DigestedParts } from "./digest-parts.ts";
import { hasBlob } from "./put-blob.ts";
import { unfinishedUpload, type Upload } from "./unfinished-upload.ts";

/** A large file that was digested, to be sent in parts. */
export interface LargeFile extends DigestedParts {
  readonly source: string;
  readonly partBytes: number;
}

/**
 * Sends a file in parts, some at a time, and goes on with what another put, which was cut short, had sent. The server compares each
 * part with its checksum. @throws RunnableError S3_FAILED with the server's `BadDigest` when the file has changed meanwhile
 */
export async function putLarge(bucket: Bucket, file: LargeFile, budget: ByteBudget): Promise<void> {
  if (await hasBlob(bucket, file)) return;
  const upload = (await unfinishedUpload(bucket, file)) ?? (await beginUpload(bucket, file));
  try {
    await sendParts(bucket, { file, upload, budget });
    await complete(bucket, file, upload);
  } catch (error) {
    // Another put of the same bytes may have completed it first.
    if (!(await hasBlob(bucket, file).catch(() => false))) throw error;
  }
}

async function beginUpload({ place, send }: Bucket, { digest }: LargeFile): Promise<Upload> {
  const { UploadId } = await send((client, { CreateMultipartUploadCommand }) =>
    client.send(
      new CreateMultipartUploadCommand({
        Bucket: place.bucket,
        Key: place.prefix + blobKey(digest),
        ...encryptionFields(place.encryption),
        ChecksumAlgorithm: "CRC32",
        ChecksumType: "COMPOSITE",
      }),
    ),
  );
  return { id: UploadId ?? "", etags: new Map() };
}

interface Sending {
  readonly file: LargeFile;
  readonly upload: Upload;
  readonly budget: ByteBudget;
}

async function sendParts(bucket: Bucket, { file, upload, budget }: Sending): Promise<void> {
  const numbers = file.checksums.map((_, index) => index + 1);
  const missing = numbers.filter((number) => !upload.etags.has(number));
  const handle = await open(file.source, "r");
  try {
    await allEnded(
      missing.map((number) =>
        budget.spend(file.partBytes, () => sendPart(bucket, { file, upload, number, handle })),
      ),
    );
  } finally {
    await handle.close();
  }
}

interface Part extends Omit<Sending, "budget"> {
  readonly number: number;
  readonly handle: FileHandle;
}

async function sendPart({ place, send }: Bucket, part: Part): Promise<void> {
  const { file, upload, number, handle } = part;
  const start = (number - 1) * file.partBytes;
  const size = Math.min(file.partBytes, file.bytes - start);
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafeSlow(size), 0, size, start);
  const { ETag } = await send((client, { UploadPartCommand }) =>
    client.send(
      new UploadPartCommand({
        Bucket: place.bucket,
        Key: place.prefix + blobKey(file.digest),
        UploadId: upload.id,
        PartNumber: number,
        Body: buffer.subarray(0, bytesRead),
        ContentLength: bytesRead,
        ChecksumCRC32: file.checksums[number - 1],
      }),
    ),
  );
  upload.etags.set(number, ETag ?? "");
}

async function complete({ place, send }: Bucket, file: LargeFile, upload: Upload): Promise<void> {
  const Parts = file.checksums.map((ChecksumCRC32, index) => ({
    PartNumber: index + 1,
    ETag: upload.etags.get(index + 1),
    ChecksumCRC32,
  }));
  try {
    await send((client, { CompleteMultipartUploadCommand }) =>
      client.send(
        new CompleteMultipartUploadCommand({
          Bucket: place.bucket,
          Key: place.prefix + blobKey(file.digest),
          UploadId: upload.id,
          MultipartUpload: { Parts },
          ChecksumType: "COMPOSITE",
          IfNoneMatch: "*",
        }),
      ),
    );
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
}
