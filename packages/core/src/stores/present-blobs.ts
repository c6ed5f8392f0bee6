import { statSync } from "node:fs";

import type { HashedCopy } from "../files/copy-hashed.ts";
import type { CatalogLayout } from "./catalog-layout.ts";
import { hasBlob } from "./keep-blob.ts";
import { lookOf, type UnchangedFiles } from "./unchanged-files.ts";

/** Which of the blobs of the last put are still there. */
export interface PresentBlobs {
  /** Without a look at the blob where its directory is what it was after the last put. */
  readonly has: (blob: HashedCopy) => boolean;
  /** Notes the directories of blobs, all of which are there now. */
  readonly save: (blobs: readonly HashedCopy[]) => Promise<void>;
}

/** Knows it from the notes on the directories `.blobs/<2 hex digits>`: a directory's times change with the names in it. */
export function presentBlobs(layout: CatalogLayout, notes: UnchangedFiles): PresentBlobs {
  const unchanged = new Map<string, boolean>();
  let taken = 0;
  return {
    has: (blob) => {
      const name = layout.blobDirectoryName(blob.digest);
      const same = unchanged.get(name) ?? isNoted(layout, notes, name);
      unchanged.set(name, same);
      if (same) taken += 1;
      return same || hasBlob(layout, blob);
    },
    save: async (blobs) => {
      // Each was there by the notes, which so are still true.
      if (taken === blobs.length) return;
      const names = new Set<string>();
      for (const { digest } of blobs) names.add(layout.blobDirectoryName(digest));
      for (const name of names) notes.note(lookOf(name, statSync(layout.blobDirectory(name))), "");
      await notes.save();
    },
  };
}

function isNoted(layout: CatalogLayout, notes: UnchangedFiles, name: string): boolean {
  const stats = statSync(layout.blobDirectory(name), { throwIfNoEntry: false });
  return stats !== undefined && notes.noteOf(name, lookOf(name, stats)) !== undefined;
}
