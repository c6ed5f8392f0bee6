import { mkdirSync, renameSync, statSync } from "node:fs";
import { rm, stat } from "node:fs/promises";

import { asidePath } from "../files/aside-path.ts";
import { cloneFile } from "../files/clone-file.ts";
import { copyHashed, type HashedCopy } from "../files/copy-hashed.ts";
import { errorCode } from "../files/error-code.ts";
import type { Begin } from "../files/in-flight.ts";
import { nodeCrypto } from "../files/node-crypto.ts";
import { readSmallSync } from "../files/read-small-sync.ts";
import { sha256File } from "../files/sha256-file.ts";
import { writeNew, type NewFile } from "../files/write-new.ts";
import type { CatalogLayout } from "./catalog-layout.ts";

/** A file to keep; size and permission bits as its stat says. */
export interface Keep {
  readonly source: string;
  readonly size: number;
  readonly mode: number;
}

/**
 * Keeps files' bytes as blobs, for one put; what is kept and what is hashed are the same bytes. A small file's may still be on
 * their way when its digest is given: `begin` starts that. Nothing is fsynced, which at 1 GiB would take four times as long: what
 * a power failure cuts short, `get` notices by its digest and the next put by its size.
 */
export function blobKeeper(
  layout: CatalogLayout,
  begin: Begin,
): (file: Keep) => Promise<HashedCopy> {
  const makeDirectory = directoryMaker();
  return async (file) => {
    const content = readSmallSync(file.source, file.size);
    if (content === undefined) {
      makeDirectory(layout.aside);
      return keepLarge(layout, file, makeDirectory);
    }
    const kept = {
      digest: `sha256:${nodeCrypto().hash("sha256", content)}`,
      bytes: content.length,
    };
    makeDirectory(layout.blobDirectory(layout.blobDirectoryName(kept.digest)));
    const mode = blobMode(file);
    // Files are read and hashed here while the thread pool writes those before.
    await begin(() => writeBlob(layout, kept, { content, mode }));
    return kept;
  };
}

/** Whether a blob is there with all its bytes. */
export function hasBlob(layout: CatalogLayout, { digest, bytes }: HashedCopy): boolean {
  return statSync(layout.blob(digest), { throwIfNoEntry: false })?.size === bytes;
}

/** Nobody shall write into a blob, and who may not read a file may not read it here. */
function blobMode({ mode }: Keep): number {
  return (mode & 0o444) | 0o400;
}

/** In place, which is a quarter quicker than aside and rename: nobody reads a blob that no manifest names yet. */
async function writeBlob(layout: CatalogLayout, kept: HashedCopy, file: NewFile): Promise<void> {
  const blob = layout.blob(kept.digest);
  try {
    await writeNew(blob, file);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    // Short if a crash left it so, or if another put, or another file of this one, is just writing it.
    if (!hasBlob(layout, kept)) await replaceBlob(layout, blob, file);
  }
}

async function replaceBlob(layout: CatalogLayout, blob: string, file: NewFile): Promise<void> {
  const aside = asidePath(blob, layout.aside);
  mkdirSync(layout.aside, { recursive: true });
  try {
    await writeNew(aside, file);
    renameSync(aside, blob);
  } finally {
    await rm(aside, { force: true });
  }
}

async function keepLarge(
  layout: CatalogLayout,
  file: Keep,
  makeDirectory: (path: string) => void,
): Promise<HashedCopy> {
  const aside = asidePath("blob", layout.aside);
  try {
    const kept = await copyLarge(file, aside);
    makeDirectory(layout.blobDirectory(layout.blobDirectoryName(kept.digest)));
    if (!hasBlob(layout, kept)) renameSync(aside, layout.blob(kept.digest));
    return kept;
  } finally {
    await rm(aside, { force: true });
  }
}

async function copyLarge(file: Keep, aside: string): Promise<HashedCopy> {
  const mode = blobMode(file);
  if (!(await cloneFile(file.source, aside, mode))) return copyHashed(file.source, aside, mode);
  return { digest: await sha256File(aside), bytes: (await stat(aside)).size };
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
