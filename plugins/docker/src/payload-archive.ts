import { createReadStream } from "node:fs";
import { posix } from "node:path";

import type { PayloadFile } from "@runnable/plugin";

import { containerPaths } from "./container-paths.ts";
import { tarHeader } from "./tar-header.ts";

const blockBytes = 512;
/** A job side of any user works in these. */
const open = [containerPaths.work, containerPaths.home, containerPaths.out];

/** A tar archive, to be unpacked at `/`: our directories, and the payload below `root`, which is absolute. */
export async function* payloadArchive(
  files: readonly PayloadFile[],
  root: string,
): AsyncGenerator<Buffer> {
  yield directory(containerPaths.root, 0o755);
  for (const path of open) yield directory(path, 0o1777);
  for (const path of directoriesOf(files, root)) yield directory(path, 0o755);
  for (const file of files) yield* fileBlocks(file, posix.join(root, file.path));
  yield Buffer.alloc(2 * blockBytes);
}

function directory(path: string, mode: number): Buffer {
  return tarHeader({ path: `${path.slice(1)}/`, mode, bytes: 0, type: "directory" });
}

/** Only those within our own directory: others are the image's, with owners and modes of their own. */
function directoriesOf(files: readonly PayloadFile[], root: string): readonly string[] {
  if (!root.startsWith(`${containerPaths.root}/`)) return [];
  const found = new Set([root]);
  for (const { path } of files) {
    const parts = path.split("/").slice(0, -1);
    parts.forEach((_, index) => found.add(posix.join(root, ...parts.slice(0, index + 1))));
  }
  return [...found].toSorted();
}

async function* fileBlocks(file: PayloadFile, path: string): AsyncGenerator<Buffer> {
  const { bytes, source } = file;
  // For every user of the container, whoever may read it here.
  const mode = file.mode | 0o444;
  yield tarHeader({ path: path.slice(1), mode, bytes, type: "file" });
  if (bytes === 0) return;
  for await (const chunk of createReadStream(source, { end: bytes - 1 })) yield Buffer.from(chunk);
  yield Buffer.alloc((blockBytes - (bytes % blockBytes)) % blockBytes);
}
