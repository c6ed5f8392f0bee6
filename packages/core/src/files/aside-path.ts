import { basename, dirname, join } from "node:path";

import { nodeCrypto } from "./node-crypto.ts";

/** A fresh name `<path>.tmp-<16 hex digits>` for bytes that are not yet whole, in the path's directory or another of the same file system. Readers ignore such names. */
export function asidePath(path: string, directory: string = dirname(path)): string {
  return join(directory, `${basename(path)}.tmp-${nodeCrypto().randomBytes(8).toString("hex")}`);
}

/** Whether a file name was made by {@link asidePath}: whoever wrote it died, or is still writing. */
export function isAside(name: string): boolean {
  return /\.tmp-[0-9a-f]{16}$/.test(name);
}
