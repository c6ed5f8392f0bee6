import { readdir } from "node:fs/promises";

import { errorCode } from "./error-code.ts";

/** Names in a directory, in no order; none if there is no such directory. */
export async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return [];
    throw error;
  }
}
