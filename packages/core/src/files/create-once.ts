import { link, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

import { asidePath } from "./aside-path.ts";
import { errorCode } from "./error-code.ts";
import { hasNoLinks, reserveOnce } from "./reserve-once.ts";
import { syncDirectory } from "./sync-directory.ts";
import { withDirectory } from "./with-directory.ts";
import { writeAside, type WriteOptions } from "./write-aside.ts";

/**
 * Creates a file, whole or not at all; false if the path is taken, whose bytes then stay as they are. Of several processes that
 * create one path exactly one gets true. Missing directories are made. When it resolves, the file outlives a power failure.
 *
 * @throws the system's error, for example EACCES, EROFS, ENOSPC; nothing is left at the path then.
 */
export async function createOnce(
  path: string,
  content: string | Uint8Array,
  { durable = true, asideIn }: WriteOptions = {},
): Promise<boolean> {
  const aside = asidePath(path, asideIn);
  try {
    await writeAside(aside, content, durable);
    const created = await linkOnce(aside, path);
    if (created && durable) await syncDirectory(dirname(path));
    return created;
  } finally {
    await rm(aside, { force: true });
  }
}

async function linkOnce(aside: string, path: string): Promise<boolean> {
  try {
    await withDirectory(path, () => link(aside, path));
    return true;
  } catch (error) {
    // A network file system may lose the answer and meet its own link on the second try; the link count tells.
    if (errorCode(error) === "EEXIST") return (await stat(aside)).nlink === 2;
    if (hasNoLinks(error)) return reserveOnce(aside, path);
    throw error;
  }
}
