import { stat } from "node:fs/promises";

import type { PayloadFile } from "@runnable/plugin";

import { sha256File } from "../files/sha256-file.ts";

/** Describes a file that travels: size, permission bits and the digest of every byte. The bytes stay where they are. */
export async function payloadFile(path: string, source: string): Promise<PayloadFile> {
  const [{ size, mode }, digest] = await Promise.all([stat(source), sha256File(source)]);
  return { path, source, bytes: size, digest, mode: mode & 0o777 };
}
