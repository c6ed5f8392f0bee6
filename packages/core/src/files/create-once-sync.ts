import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

import { asidePath } from "./aside-path.ts";
import { errorCode } from "./error-code.ts";
import { hasNoLinks, reserveOnce } from "./reserve-once.ts";
import { syncDirectorySync } from "./sync-directory.ts";
import type { WriteOptions } from "./write-aside.ts";

/** `createOnce` at once, for a process that is about to end. */
export function createOnceSync(
  path: string,
  content: string | Uint8Array,
  { asideIn = dirname(path) }: Pick<WriteOptions, "asideIn"> = {},
): boolean {
  const aside = asidePath(path, asideIn);
  mkdirSync(asideIn, { recursive: true });
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeDurably(aside, content);
    const created = linkOnce(aside, path);
    if (created) syncDirectorySync(dirname(path));
    return created;
  } finally {
    rmSync(aside, { force: true });
  }
}

function writeDurably(aside: string, content: string | Uint8Array): void {
  const descriptor = openSync(aside, "wx");
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function linkOnce(aside: string, path: string): boolean {
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return statSync(aside).nlink === 2;
    if (hasNoLinks(error)) return reserveOnce(aside, path);
    throw error;
  }
}
