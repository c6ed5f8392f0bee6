import { hash, randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import { RunnableError, type CatalogEntry } from "@runnable/plugin";

import type { Bucket } from "../client/bucket.ts";
import { describePlace, type BucketPlace } from "../place/bucket-place.ts";
import { allEnded } from "./all-ended.ts";
import { byteBudget } from "./byte-budget.ts";
import { wholeBytes } from "./part-size.ts";
import { readBlob } from "./read-blob.ts";
import { streamBlob } from "./stream-blob.ts";
import { joinWithin, withinRoot } from "./within-root.ts";
import { writeDigested } from "./write-digested.ts";

const mebibyte = 1024 ** 2;
/** What a large file may have under way: one at a time. */
const budgetBytes = 48 * mebibyte;

/** Files of a run to be written below a directory. */
export interface Getting {
  readonly entries: readonly CatalogEntry[];
  /** Absolute. */
  readonly directory: string;
  /** Paths of those that can be executed. */
  readonly executables: ReadonlySet<string>;
}

/**
 * Writes files of a run, each checked against its digest before it takes its place; a file in the way is replaced.
 *
 * @throws RunnableError CATALOG_DIGEST when a blob is damaged or gone, CATALOG_NOT_KEPT for an entry of which only the digest was
 * recorded, PATH_OUTSIDE when a path, or a link in the way, leaves the directory.
 */
export async function getFiles(bucket: Bucket, getting: Getting): Promise<void> {
  const { entries, directory } = getting;
  const folders = new Set(entries.map(({ path }) => dirname(path)));
  // One after the other: folders within folders.
  for (const folder of folders) {
    await mkdir(await withinRoot(directory, folder), { recursive: true });
  }
  const budget = byteBudget(budgetBytes, mebibyte);
  await allEnded(
    entries.map((entry) => budget.spend(entry.bytes, () => getFile(bucket, getting, entry))),
  );
}

async function getFile(
  bucket: Bucket,
  { directory, executables }: Getting,
  entry: CatalogEntry,
): Promise<void> {
  if (!entry.stored) throw notKept(entry);
  const target = joinWithin(directory, entry.path);
  const aside = `${target}.${randomUUID()}`;
  try {
    const digest = await write(bucket, entry, {
      path: aside,
      mode: executables.has(entry.path) ? 0o777 : 0o666,
    });
    if (digest !== entry.digest) throw damaged(bucket.place, entry);
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

/** Writes a blob to a new file; gives the digest of its bytes. */
async function write(
  bucket: Bucket,
  entry: CatalogEntry,
  { path, mode }: { readonly path: string; readonly mode: number },
): Promise<string> {
  if (entry.bytes <= wholeBytes) {
    const content = await readBlob(bucket, entry);
    if (content === undefined) throw damaged(bucket.place, entry);
    await writeFile(path, content, { flag: "wx", mode });
    return `sha256:${hash("sha256", content)}`;
  }
  const file = await open(path, "wx", mode);
  try {
    return await writeDigested(file, existing(bucket, entry));
  } finally {
    await file.close();
  }
}

async function* existing(bucket: Bucket, entry: CatalogEntry): AsyncGenerator<Buffer> {
  for await (const chunk of streamBlob(bucket, entry)) {
    if (chunk === undefined) throw damaged(bucket.place, entry);
    yield chunk;
  }
}

function damaged(place: BucketPlace, { path, digest }: CatalogEntry): RunnableError {
  return new RunnableError(
    "CATALOG_DIGEST",
    `${path}: the bytes that ${describePlace(place)} keeps are not those of ${digest}`,
    {
      hint: "The catalog was damaged after the file was put; run the job that makes it once more.",
      exitCode: 78,
    },
  );
}

function notKept({ path }: CatalogEntry): RunnableError {
  return new RunnableError(
    "CATALOG_NOT_KEPT",
    `${path} was recorded by its digest, its bytes were not kept`,
    {
      hint: "Take `storeCopy: false` out of the job that puts it, and run it again.",
      exitCode: 78,
    },
  );
}
