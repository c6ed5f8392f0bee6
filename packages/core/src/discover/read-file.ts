import { readFileSync } from "node:fs";

import { errorCode } from "../files/error-code.ts";

/** Gives the bytes of a file; `undefined` if it is not there. */
export type ReadFile = (file: string) => Buffer | undefined;

// What may not be read, or is no possible path, is not there for us.
const notThere: readonly string[] = [
  "ENOENT",
  "ENOTDIR",
  "EISDIR",
  "EACCES",
  "ELOOP",
  "ENAMETOOLONG",
  "ERR_INVALID_ARG_VALUE",
];

/** The bytes of a file; `undefined` if it is not there. */
export function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (notThere.includes(errorCode(error) ?? "")) return undefined;
    throw error;
  }
}

/** Reads a file at most once, and tells of each that is there. */
export function readingOnce(onRead: (file: string, bytes: Buffer) => void): ReadFile {
  const known = new Map<string, Buffer | undefined>();
  return (file) => {
    if (known.has(file)) return known.get(file);
    const bytes = readIfThere(file);
    known.set(file, bytes);
    if (bytes) onRead(file, bytes);
    return bytes;
  };
}
