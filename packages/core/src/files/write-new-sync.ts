import { closeSync, openSync, writeSync } from "node:fs";

import { errorCode } from "./error-code.ts";

/** A new file's bytes and permission bits. */
export interface NewFile {
  readonly content: Uint8Array;
  readonly mode: number;
}

/** Writes a file that is not there yet, at once and without fsync; false if it is there. A crash, or a full disk, leaves it short. */
export function writeNewSync(path: string, { content, mode }: NewFile): boolean {
  const descriptor = openNew(path, mode);
  if (descriptor === undefined) return false;
  try {
    let written = 0;
    while (written < content.length) written += writeSync(descriptor, content, written);
  } finally {
    closeSync(descriptor);
  }
  return true;
}

function openNew(path: string, mode: number): number | undefined {
  try {
    return openSync(path, "wx", mode);
  } catch (error) {
    if (errorCode(error) === "EEXIST") return undefined;
    throw error;
  }
}
