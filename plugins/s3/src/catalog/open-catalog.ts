import { resolve } from "node:path";

import type { Catalog, CatalogEntry, CatalogFile, StoreContext } from "@runnable/plugin";

import { openBucket } from "../client/bucket.ts";
import { objectsOf, removeBelow } from "../client/objects.ts";
import { storeIdOf } from "../client/store-id.ts";
import { describePlace, type BucketPlace } from "../place/bucket-place.ts";
import { manifestKey } from "./catalog-keys.ts";
import { getFiles } from "./get-files.ts";
import { addToManifest, readManifest, type ManifestEntry } from "./manifest.ts";
import { putFiles } from "./put-files.ts";
import { notesFile, readPutNotes } from "./put-notes.ts";
import { dataFolderOf } from "./source-file.ts";

/** Files by content: `<prefix>.blobs/<2>/<62 hex digits>`, and a manifest for each run. */
export function openCatalog(place: BucketPlace, dataFolder: string, ctx: StoreContext): Catalog {
  const bucket = openBucket(place, ctx);
  const objects = objectsOf(bucket);

  async function put(
    runId: string,
    files: readonly CatalogFile[],
    copy: boolean,
  ): Promise<readonly CatalogEntry[]> {
    const [first] = files;
    if (first === undefined) return [];
    const storeId = await storeIdOf(objects, place, { create: true });
    const notes = await readPutNotes(
      notesFile(ctx.baseDirectory, place, dataFolderOf(first)),
      storeId,
    );
    const entries = await putFiles({ bucket, notes, copy }, files);
    await addToManifest(objects, runId, entries);
    // Only of kept bytes may the next put believe that they are there.
    if (copy) await notes.save();
    return entries.map(toEntry);
  }

  return {
    location: describePlace(place),
    dataFolder,
    ownPaths: [resolve(ctx.baseDirectory, ".runnable", "s3")],
    put: (runId, files, { copy }) => put(runId, files, copy),
    list: async (runId) => (await readManifest(objects, runId)).map(toEntry),
    get: async (runId, entries, directory) => {
      const manifest = await readManifest(objects, runId);
      const executables = new Set(manifest.filter((e) => e.executable).map(({ path }) => path));
      await getFiles(bucket, { entries, directory, executables });
    },
    removeRun: (runId) => removeBelow(objects, manifestKey(runId)),
    storeId: (options) => storeIdOf(objects, place, options),
    close: bucket.close,
  };
}

function toEntry({ path, digest, bytes, stored }: ManifestEntry): CatalogEntry {
  return { path, digest, bytes, stored };
}
