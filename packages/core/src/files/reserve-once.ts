import { closeSync, mkdirSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";

import { errorCode } from "./error-code.ts";

const codes: ReadonlySet<string | undefined> = new Set([
  "EPERM",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EMLINK",
]);

/** Whether `link` failed because the file system has no hard links (FAT, some network mounts). Source: link(2), EPERM and EOPNOTSUPP. */
export function hasNoLinks(error: unknown): boolean {
  return codes.has(errorCode(error));
}

/**
 * Puts a whole file at a path that nobody has taken, where there are no hard links: whoever creates the empty file may put the
 * whole one in its place; readers take an empty file as absent. Synchronous, so that hardly a crash falls between the two steps:
 * it would leave the path taken.
 */
export function reserveOnce(aside: string, path: string): boolean {
  mkdirSync(dirname(path), { recursive: true });
  try {
    closeSync(openSync(path, "wx"));
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
  renameSync(aside, path);
  return true;
}
