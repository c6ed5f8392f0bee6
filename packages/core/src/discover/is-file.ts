import { statSync } from "node:fs";

/** Whether a path names a file that can be seen; paths that no file can have count as absent. */
export function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}
