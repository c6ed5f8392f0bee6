import type { FileHandle } from "node:fs/promises";

import { startDigestThread } from "./digest-thread.ts";
import { inPieces, memoryPool } from "./in-pieces.ts";

/** Writes chunks to a file while another thread digests them; gives `sha256:<hex>` of all. */
export async function writeDigested(
  file: FileHandle,
  chunks: AsyncIterable<Buffer>,
): Promise<string> {
  const pool = memoryPool();
  const thread = startDigestThread();
  let position = 0;

  async function keep(piece: Uint8Array): Promise<void> {
    const at = position;
    position += piece.length;
    await Promise.all([thread.update(piece), file.write(piece, 0, piece.length, at)]);
  }

  try {
    for await (const { memory, length } of inPieces(chunks, pool.take)) {
      pool.lend(memory, keep(memory.subarray(0, length)));
    }
    await pool.allBack();
    return await thread.digest();
  } finally {
    await pool.allBack().catch(() => undefined);
    await thread.end();
  }
}
