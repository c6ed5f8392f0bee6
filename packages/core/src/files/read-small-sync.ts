import { closeSync, openSync, readSync } from "node:fs";

/** Files up to this size are worth a synchronous read: it takes less than a millisecond, and a third of the time of promises. */
const smallBytes = 512 * 1024;

/** All bytes of a file that had `size` at its stat; undefined if that is more than 512 KiB, or has become more than it was. */
export function readSmallSync(path: string, size: number): Buffer | undefined {
  if (size > smallBytes) return undefined;
  const buffer = Buffer.allocUnsafe(size + 1);
  const descriptor = openSync(path, "r");
  try {
    let bytes = 0;
    let read = 1;
    while (read > 0 && (bytes === 0 || bytes < size)) {
      read = readSync(descriptor, buffer, bytes, buffer.length - bytes, bytes);
      bytes += read;
    }
    return bytes > size ? undefined : buffer.subarray(0, bytes);
  } finally {
    closeSync(descriptor);
  }
}
