import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

import { errorCode } from "./error-code.ts";

/** Does something that makes a name at `path`; only when its directory is missing, makes that and tries again. */
export async function withDirectory<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
  await mkdir(dirname(path), { recursive: true });
  return action();
}
