import { open } from "node:fs/promises";

import { syncFile } from "./sync-file.ts";
import { withDirectory } from "./with-directory.ts";

/** How a file is written. */
export interface WriteOptions {
  /** False leaves out the fsyncs, for what can be made anew; default true. */
  readonly durable?: boolean;
  /** Directory, of the same file system, for the bytes that are not yet whole; default the file's own. */
  readonly asideIn?: string;
}

/** Writes the bytes of a file that nobody reads yet. */
export async function writeAside(
  aside: string,
  content: string | Uint8Array,
  durable: boolean,
): Promise<void> {
  const file = await withDirectory(aside, () => open(aside, "wx"));
  try {
    await file.writeFile(content);
    if (durable) await syncFile(file);
  } finally {
    await file.close();
  }
}
