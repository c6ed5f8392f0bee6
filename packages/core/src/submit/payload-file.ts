import { stat } from "node:fs/promises";

import { RunnableError, type Payload, type PayloadFile } from "@runnable/plugin";

import { sha256File } from "../files/sha256-file.ts";

/** Size and time of change when the digest was taken. */
const stamps = new WeakMap<PayloadFile, string>();

/** Describes a file that travels: size, permission bits and the digest of every byte. The bytes stay where they are. */
export async function payloadFile(path: string, source: string): Promise<PayloadFile> {
  const before = await stat(source);
  const digest = await sha256File(source);
  const file = { path, source, bytes: before.size, digest, mode: before.mode & 0o777 };
  stamps.set(file, stampOf(before));
  return file;
}

/**
 * Makes sure that the files are still those that were described.
 * @throws RunnableError PAYLOAD_CHANGED naming the first that is not.
 */
export async function refuseChanged({ files }: Payload): Promise<void> {
  await Promise.all(files.map(refuseChangedFile));
}

async function refuseChangedFile(file: PayloadFile): Promise<void> {
  const stamp = stamps.get(file);
  const now = await stat(file.source).catch(() => undefined);
  if (stamp === undefined || (now !== undefined && stampOf(now) === stamp)) return;
  throw new RunnableError("PAYLOAD_CHANGED", `${file.source} changed while it was submitted`, {
    hint: "Submit again when nothing writes to the job's files.",
  });
}

function stampOf({ size, mtimeMs }: { readonly size: number; readonly mtimeMs: number }): string {
  return `${size}:${mtimeMs}`;
}
