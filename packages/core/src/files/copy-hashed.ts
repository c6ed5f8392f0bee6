import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

import { withDirectory } from "./with-directory.ts";

const chunkBytes = 1 << 20;

/** What was copied: `digest` is `sha256:<hex>` of the bytes that were written. */
export interface HashedCopy {
  readonly digest: string;
  readonly bytes: number;
}

/** Copies a file into a new one and hashes the very bytes that it writes, also when somebody changes the source meanwhile. */
export async function copyHashed(
  source: string,
  target: string,
  mode: number,
): Promise<HashedCopy> {
  await using from = await open(source, "r");
  await using to = await withDirectory(target, () => open(target, "wx", mode));
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await from.read(buffer, 0, chunkBytes, null);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    await to.writeFile(chunk);
    bytes += bytesRead;
  }
  return { digest: `sha256:${hash.digest("hex")}`, bytes };
}
