import { rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

import { asidePath } from "./aside-path.ts";
import { syncDirectory } from "./sync-directory.ts";
import { withDirectory } from "./with-directory.ts";
import { writeAside, type WriteOptions } from "./write-aside.ts";

/** Writes a file over whatever is at the path: readers see the old bytes or the new, never a part. Missing directories are made. */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  { durable = true, asideIn }: WriteOptions = {},
): Promise<void> {
  const aside = asidePath(path, asideIn);
  try {
    await writeAside(aside, content, durable);
    await withDirectory(path, () => rename(aside, path));
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  if (durable) await syncDirectory(dirname(path));
}
