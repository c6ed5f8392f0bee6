import { closeSync, fsyncSync, openSync } from "node:fs";
import { open } from "node:fs/promises";

import { syncFile } from "./sync-file.ts";

/** Makes new names in a directory outlive a power failure. Only Linux asks for it (fsync(2), "Calling fsync() does not necessarily ensure…"); elsewhere it does nothing. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform !== "linux") return;
  const handle = await open(directory, "r");
  try {
    await syncFile(handle);
  } finally {
    await handle.close();
  }
}

/** {@link syncDirectory} at once. */
export function syncDirectorySync(directory: string): void {
  if (process.platform !== "linux") return;
  const descriptor = openSync(directory, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
