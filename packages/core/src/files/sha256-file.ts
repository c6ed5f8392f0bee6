import { open } from "node:fs/promises";

import { nodeCrypto } from "./node-crypto.ts";

const chunkBytes = 1 << 20;

/** `sha256:<hex>` of every byte of a file. */
export async function sha256File(path: string): Promise<string> {
  const hash = nodeCrypto().createHash("sha256");
  const file = await open(path, "r");
  try {
    // Two buffers: one is filled in the thread pool while the other is hashed.
    let [current, next] = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)];
    let { bytesRead } = await file.read(current, 0, chunkBytes, null);
    while (bytesRead > 0) {
      const reading = file.read(next, 0, chunkBytes, null);
      hash.update(current.subarray(0, bytesRead));
      [current, next] = [next, current];
      ({ bytesRead } = await reading);
    }
  } finally {
    await file.close();
  }
  return `sha256:${hash.digest("hex")}`;
}
