import { hash } from "node:crypto";
import { mkdirSync, renameSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";

import { asidePath } from "../files/aside-path.ts";
import { copyHashed, type HashedCopy } from "../files/copy-hashed.ts";
import { readSmallSync } from "../files/read-small-sync.ts";
import { sha256File } from "../files/sha256-file.ts";
import { writeNewSync } from "../files/write-new-sync.ts";
import type { CatalogLayout } from "./catalog-layout.ts";

/** Nobody shall write into a blob. */
const mode = 0o444;

/** A file to keep; `size` as its stat says. */
export interface Keep {
  readonly source: string;
  readonly size: number;
  /** False: hash it and keep nothing. */
  readonly copy: boolean;
}

/**
 * Keeps files' bytes as blobs, for one put; what is kept and what is hashed are the same bytes. Nothing is fsynced, which at
 * 1 GiB would take four times as long: what a power failure cuts short, `get` notices by its digest and the next put by its size.
 */
export function blobKeeper(layout: CatalogLayout): (file: Keep) => Promise<HashedCopy> {
  const makeDirectory = directoryMaker();
  return async ({ source, size, copy }) => {
    const content = readSmallSync(source, size);
    if (content === undefined) {
      if (!copy) return { digest: await sha256File(source), bytes: size };
      makeDirectory(layout.aside);
      return keepLarge(layout, source, makeDirectory);
    }
    const kept = { digest: `sha256:${hash("sha256", content)}`, bytes: content.length };
    if (copy) {
      makeDirectory(layout.blobDirectory(kept.digest));
      writeBlob(layout, kept, content);
    }
    return kept;
  };
}

/** Whether a blob is there with all its bytes. */
export function hasBlob(layout: CatalogLayout, { digest, bytes }: HashedCopy): boolean {
  return statSync(layout.blob(digest), { throwIfNoEntry: false })?.size === bytes;
}

/** In place, which is a quarter quicker than aside and rename: nobody reads a blob that no manifest names yet. */
function writeBlob(layout: CatalogLayout, kept: HashedCopy, content: Buffer): void {
  const blob = layout.blob(kept.digest);
  if (writeNewSync(blob, { content, mode }) || hasBlob(layout, kept)) return;
  // A crash left it short, or another put is just writing it.
  const aside = asidePath(blob);
  writeNewSync(aside, { content, mode });
  renameSync(aside, blob);
}

async function keepLarge(
  layout: CatalogLayout,
  source: string,
  makeDirectory: (path: string) => void,
): Promise<HashedCopy> {
  const aside = asidePath("blob", layout.aside);
  try {
    const kept = await copyHashed(source, aside, mode);
    makeDirectory(layout.blobDirectory(kept.digest));
    if (!hasBlob(layout, kept)) renameSync(aside, layout.blob(kept.digest));
    return kept;
  } finally {
    await rm(aside, { force: true });
  }
}

/** Makes each directory once: an attempt to write where there is none costs as much as ten writes. */
function directoryMaker(): (path: string) => void {
  const made = new Set<string>();
  return (path) => {
    if (made.has(path)) return;
    mkdirSync(path, { recursive: true });
    made.add(path);
  };
}
