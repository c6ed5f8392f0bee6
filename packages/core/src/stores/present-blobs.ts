import { statSync } from "node:fs";

import type { HashedCopy } from "../files/copy-hashed.ts";
import type { CatalogLayout } from "./catalog-layout.ts";
import { hasBlob } from "./keep-blob.ts";
import type { UnchangedFiles } from "./unchanged-files.ts";

/** Which of the blobs of the last put are still there. */
export interface PresentBlobs {
  /** Without a look at the blob where its directory is what it was after the last put. */
  readonly has: (blob: HashedCopy) => boolean;
  /** Notes the directories of blobs, all of which are there now. */
  readonly save: (blobs: readonly HashedCopy[]) => Promise<void>;
}

/** Knows it from the notes on the directories `.blobs/<2 hex digits>`: a directory's times change with the names in it. */
export function presentBlobs(layout: CatalogLayout, notes: UnchangedFiles): PresentBlobs {
  const sameDirectories = new Map<string, boolean>();
  return {
    has: (blob) => {
      const directory = layout.blobDirectory(blob.digest);
      const same = sameDirectories.get(directory) ?? isNoted(notes, directory);
      sameDirectories.set(directory, same);
      return same || hasBlob(layout, blob);
    },
    save: async (blobs) => {
      for (const directory of new Set(blobs.map(({ digest }) => layout.blobDirectory(digest)))) {
        notes.note(directory, statSync(directory, { bigint: true }), "");
      }
      await notes.save();
    },
  };
}

function isNoted(notes: UnchangedFiles, directory: string): boolean {
  const stats = statSync(directory, { bigint: true, throwIfNoEntry: false });
  return stats !== undefined && notes.noteOf(directory, stats) !== undefined;
}
