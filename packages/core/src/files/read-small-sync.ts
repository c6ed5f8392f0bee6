import { closeSync, openSync, readSync } from "node:fs";

let buffer: Buffer | undefined;

/** All bytes of a file if they are at most `limit`, else undefined. The buffer is the caller's until the next call. */
export function readSmallSync(path: string, limit: number): Buffer | undefined {
  if (buffer === undefined || buffer.length <= limit) buffer = Buffer.allocUnsafeSlow(limit + 1);
  const descriptor = openSync(path, "r");
  try {
    let bytes = 0;
    for (let read = 1; read > 0 && bytes <= limit; bytes += read) {
      read = readSync(descriptor, buffer, bytes, buffer.length - bytes, bytes);
    }
    return bytes <= limit ? buffer.subarray(0, bytes) : undefined;
  } finally {
    closeSync(descriptor);
  }
}
