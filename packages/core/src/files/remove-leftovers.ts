import { readdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";

import { isAside } from "./aside-path.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** Removes what crashed writers left in a directory a day ago or earlier. What can't be removed stays; nothing is thrown. */
export async function removeLeftovers(
  directory: string,
  nowMs: number = Date.now(),
): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  await Promise.all(names.filter(isAside).map((name) => removeOld(join(directory, name), nowMs)));
}

async function removeOld(path: string, nowMs: number): Promise<void> {
  try {
    if (nowMs - (await stat(path)).mtimeMs > dayMs) await unlink(path);
  } catch {
    // Somebody else was quicker, or it is not ours to remove.
  }
}
