import { readdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";

/** Removes the oldest files of a directory once it holds twice as many as are kept. What can't be removed stays; nothing is thrown. */
export async function keepNewest(directory: string, kept: number): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  if (names.length <= 2 * kept) return;
  const files = await Promise.all(names.map((name) => changeOf(join(directory, name))));
  const oldest = files.toSorted((one, other) => other.mtimeMs - one.mtimeMs).slice(kept);
  await Promise.all(oldest.map(({ path }) => unlink(path).catch(() => undefined)));
}

async function changeOf(path: string): Promise<{ path: string; mtimeMs: number }> {
  const stats = await stat(path).catch(() => undefined);
  return { path, mtimeMs: stats?.mtimeMs ?? 0 };
}
