import { open, type FileHandle } from "node:fs/promises";

import { nodeCrypto } from "./node-crypto.ts";
import { withDirectory } from "./with-directory.ts";

/** Bytes of one step: three of them stay in the processor's cache, and a step blocks the event loop for 0.2 ms. */
const chunkBytes = 256 * 1024;
const buffers = 3;

/** What was copied: `digest` is `sha256:<hex>` of the bytes that were written. */
export interface HashedCopy {
  readonly digest: string;
  readonly bytes: number;
}

/**
 * Copies a file into a new one and hashes the very bytes that it writes, so that both agree even when somebody changes the source
 * meanwhile. Reading, hashing and writing overlap: a copy takes as long as the hash alone.
 */
export async function copyHashed(
  source: string,
  target: string,
  mode: number,
): Promise<HashedCopy> {
  const from = await open(source, "r");
  try {
    const to = await withDirectory(target, () => open(target, "wx", mode));
    try {
      return await pump(from, to);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

/** While a chunk is hashed here, the thread pool writes it and reads the next one. */
async function pump(from: FileHandle, to: FileHandle): Promise<HashedCopy> {
  const hash = nodeCrypto().createHash("sha256");
  const ring = Array.from({ length: buffers }, () => Buffer.allocUnsafeSlow(chunkBytes));
  const writes: Promise<void>[] = [];
  let bytes = 0;
  let chunk = await readChunk(from, ring[0], bytes);
  while (chunk.length > 0) {
    const writing = writeChunk(to, chunk, bytes);
    // Awaited below; until then a failure is no unhandled one.
    writing.catch(() => undefined);
    writes.push(writing);
    bytes += chunk.length;
    // The next buffer was last used by the chunk before the latest two.
    await writes.at(-buffers);
    const reading = readChunk(from, ring[writes.length % buffers], bytes);
    hash.update(chunk);
    chunk = await reading;
  }
  await Promise.all(writes);
  return { digest: `sha256:${hash.digest("hex")}`, bytes };
}

async function readChunk(
  file: FileHandle,
  buffer: Buffer | undefined,
  at: number,
): Promise<Buffer> {
  const target = buffer ?? Buffer.alloc(0);
  const { bytesRead } = await file.read(target, 0, target.length, at);
  return target.subarray(0, bytesRead);
}

async function writeChunk(file: FileHandle, chunk: Buffer, at: number): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    done += (await file.write(chunk, done, chunk.length - done, at + done)).bytesWritten;
  }
}
