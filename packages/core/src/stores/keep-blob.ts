import { hash } from "node:crypto";
import { renameSync, statSync } from "node:fs";
import { rename, rm } from "node:fs/promises";

import { asidePath } from "../files/aside-path.ts";
import { copyHashed, type HashedCopy } from "../files/copy-hashed.ts";
import { readSmallSync } from "../files/read-small-sync.ts";
import { sha256File } from "../files/sha256-file.ts";
import { withDirectory } from "../files/with-directory.ts";
import { writeNewSync } from "../files/write-new-sync.ts";
import type { CatalogLayout } from "./catalog-layout.ts";

/** Nobody shall write into a blob. */
const mode = 0o444;
/** Files up to this size are read, hashed and written at once, at most 1 ms; larger ones in overlapping steps. */
export const smallBytes: number = 512 * 1024;

/** A file to keep; `size` as its stat says. */
export interface Keep {
  readonly source: string;
  readonly size: number;
  /** False: hash it and keep nothing. */
  readonly copy: boolean;
}

/**
 * Keeps a file's bytes as a blob; what is kept and what is hashed are the same bytes. Nothing is fsynced, which at 1 GiB would
 * take five times as long: what a power failure cuts short `get` notices by its digest and the next put by its size.
 */
export async function keepBlob(
  layout: CatalogLayout,
  { source, size, copy }: Keep,
): Promise<HashedCopy> {
  const content = size <= smallBytes ? readSmallSync(source, smallBytes) : undefined;
  if (content !== undefined) return keepSmall(layout, content, copy);
  if (copy) return keepLarge(layout, source);
  return { digest: await sha256File(source), bytes: size };
}

/** Whether a blob is there with all its bytes. */
export function hasBlob(layout: CatalogLayout, { digest, bytes }: HashedCopy): boolean {
  return statSync(layout.blob(digest), { throwIfNoEntry: false })?.size === bytes;
}

function keepSmall(layout: CatalogLayout, content: Buffer, copy: boolean): HashedCopy {
  const kept = { digest: `sha256:${hash("sha256", content)}`, bytes: content.length };
  if (copy) writeBlob(layout, kept, content);
  return kept;
}

/** In place, which is a quarter quicker than aside and rename: nobody reads a blob that no manifest names yet. */
function writeBlob(layout: CatalogLayout, kept: HashedCopy, content: Buffer): void {
  const blob = layout.blob(kept.digest);
  if (writeNewSync(blob, { content, mode }) || hasBlob(layout, kept)) return;
  // A crash left it short, or another put is just writing it.
  const aside = asidePath(blob, layout.aside);
  writeNewSync(aside, { content, mode });
  renameSync(aside, blob);
}

async function keepLarge(layout: CatalogLayout, source: string): Promise<HashedCopy> {
  const aside = asidePath("blob", layout.aside);
  try {
    const kept = await copyHashed(source, aside, mode);
    const blob = layout.blob(kept.digest);
    if (!hasBlob(layout, kept)) await withDirectory(blob, () => rename(aside, blob));
    return kept;
  } finally {
    await rm(aside, { force: true });
  }
}
