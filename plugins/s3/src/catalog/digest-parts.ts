import { createHash } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";

/** A file's digest, and the checksum by which a server knows that a part arrived as it was when the digest was made. */
export interface DigestedParts {
  /** `sha256:<hex>` of all bytes. */
  readonly digest: string;
  readonly bytes: number;
  /** CRC-32 of each part, base64. */
  readonly checksums: readonly string[];
}

const readBytes = 1024 ** 2;

/** Reads a file once; `partBytes` is a multiple of 1 MiB. */
export async function digestParts(path: string, partBytes: number): Promise<DigestedParts> {
  const file = await open(path, "r");
  try {
    return await digest(file, partBytes);
  } finally {
    await file.close();
  }
}

async function digest(file: FileHandle, partBytes: number): Promise<DigestedParts> {
  const hash = createHash("sha256");
  const checksums: string[] = [];
  let [bytes, checksum] = [0, 0];
  const buffers = [Buffer.allocUnsafe(readBytes), Buffer.allocUnsafe(readBytes)] as const;
  // The next piece is read while this one is digested.
  let reading = file.read(buffers[0], 0, readBytes, 0);
  for (let turn = 1; ; turn += 1) {
    const { bytesRead, buffer } = await reading;
    if (bytesRead === 0) break;
    const piece = buffer.subarray(0, bytesRead);
    bytes += bytesRead;
    reading = file.read(buffers[turn % 2 === 0 ? 0 : 1], 0, readBytes - (bytes % readBytes), bytes);
    hash.update(piece);
    checksum = crc32(piece, checksum);
    if (bytes % partBytes === 0) {
      checksums.push(base64Of(checksum));
      checksum = 0;
    }
  }
  if (bytes % partBytes > 0) checksums.push(base64Of(checksum));
  return { digest: `sha256:${hash.digest("hex")}`, bytes, checksums };
}

function base64Of(checksum: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(checksum);
  return bytes.toString("base64");
}
