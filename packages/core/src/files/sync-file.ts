import { fsync } from "node:fs";
import type { FileHandle } from "node:fs/promises";

/**
 * Makes an open file's bytes outlive a power failure. By its descriptor: under Yarn PnP `FileHandle.sync` only throws.
 * Source: yarnpkg/berry, yarnpkg-fslib, sources/patchFs/FileHandle.ts.
 */
export function syncFile({ fd }: FileHandle): Promise<void> {
  return new Promise((resolve, reject) => {
    fsync(fd, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
