import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { createOnce } from "../files/create-once.ts";
import { errorCode } from "../files/error-code.ts";
import { nodeCrypto } from "../files/node-crypto.ts";

/** The id in `<directory>/.runnable/store-id`, made when `create` is set and there is none. */
export async function storeIdOf(
  directory: string,
  { create }: { readonly create: boolean },
): Promise<string | undefined> {
  const path = join(directory, ".runnable", "store-id");
  const found = await readId(path);
  if (found !== undefined || !create) return found;
  await createOnce(path, `${nodeCrypto().randomUUID()}\n`);
  return readId(path);
}

async function readId(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).trim() || undefined;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
