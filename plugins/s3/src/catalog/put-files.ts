import { hash } from "node:crypto";
import type { Stats } from "node:fs";
import { readFile } from "node:fs/promises";

import type { CatalogFile } from "@runnable/plugin";

import type { Bucket } from "../client/bucket.ts";
import { allEnded } from "./all-ended.ts";
import { byteBudget, type ByteBudget } from "./byte-budget.ts";
import { digestParts } from "./digest-parts.ts";
import type { ManifestEntry } from "./manifest.ts";
import { partBytesOf, wholeBytes } from "./part-size.ts";
import { hasBlob, putBlob } from "./put-blob.ts";
import { putLarge } from "./put-large.ts";
import type { PutNotes } from "./put-notes.ts";
import { refusal, statSource } from "./source-file.ts";

const mebibyte = 1024 ** 2;
const budgetBytes = 64 * mebibyte;

/** Files to be put. */
export interface Putting {
  readonly bucket: Bucket;
  readonly notes: PutNotes;
  /** False: record digests, keep no bytes. */
  readonly copy: boolean;
}

/** Keeps the files' bytes, 64 files or 4 parts of large ones at a time. @throws RunnableError as `statSource` does; CATALOG_CHANGED */
export async function putFiles(
  putting: Putting,
  files: readonly CatalogFile[],
): Promise<readonly ManifestEntry[]> {
  const budget = byteBudget(budgetBytes, mebibyte);
  return allEnded(files.map((file) => putFile(putting, file, budget)));
}

async function putFile(
  putting: Putting,
  file: CatalogFile,
  budget: ByteBudget,
): Promise<ManifestEntry> {
  const stats = await budget.spend(0, () => statSource(file));
  const kept =
    (await budget.spend(0, () => unchanged(putting, file, stats))) ??
    (stats.size > wholeBytes
      ? await keepLarge(putting, file, { stats, budget })
      : await budget.spend(stats.size, () => keepWhole(putting, file)));
  putting.notes.note(file.path, stats, kept.digest);
  const executable = (stats.mode & 0o100) !== 0;
  return { path: file.path, ...kept, stored: putting.copy, executable };
}

interface Kept {
  readonly digest: string;
  readonly bytes: number;
}

async function unchanged(
  { bucket, notes, copy }: Putting,
  { path }: CatalogFile,
  stats: Stats,
): Promise<Kept | undefined> {
  const noted = notes.of(path, stats);
  if (noted === undefined) return undefined;
  const kept = { digest: noted.digest, bytes: stats.size };
  return !copy || noted.isFresh || (await hasBlob(bucket, kept)) ? kept : undefined;
}

async function keepWhole({ bucket, copy }: Putting, file: CatalogFile): Promise<Kept> {
  const content = await readFile(file.source).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const digest = `sha256:${hash("sha256", content)}`;
  if (copy) await putBlob(bucket, { digest, content });
  return { digest, bytes: content.length };
}

async function keepLarge(
  { bucket, copy }: Putting,
  file: CatalogFile,
  { stats, budget }: { readonly stats: Stats; readonly budget: ByteBudget },
): Promise<Kept> {
  const partBytes = partBytesOf(stats.size);
  const digested = await budget.spend(2 * mebibyte, () => digestParts(file.source, partBytes));
  if (digested.bytes !== stats.size) throw refusal(file, "CATALOG_CHANGED", "it is being written");
  if (copy) await putLarge(bucket, { ...digested, source: file.source, partBytes }, budget);
  return { digest: digested.digest, bytes: digested.bytes };
}

function unreadable(file: CatalogFile, error: unknown): unknown {
  const isSystem = error instanceof Error && "code" in error;
  if (!isSystem) return error;
  return refusal(file, "CATALOG_NO_FILE", `${String(error.code)} while reading it`);
}
