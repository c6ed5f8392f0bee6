import { rm } from "node:fs/promises";
import { resolve } from "node:path";

import {
  defineCatalog,
  type Catalog,
  type CatalogEntry,
  type Schema,
  type StoreFactory,
} from "@runnable/plugin";
import * as z from "zod/mini";

import { catalogLayout } from "./catalog-layout.ts";
import { getFiles } from "./get-files.ts";
import { readManifest, type ManifestEntry } from "./manifest.ts";
import { putFiles } from "./put-files.ts";
import { storageError } from "./storage-error.ts";
import { storeIdOf } from "./store-id.ts";

/** `catalog.config` of file-system. */
export interface FileSystemCatalogConfig {
  /** Directory that keeps the files; relative to the project directory. Default `.catalog`. */
  readonly catalog_location: string;
  /** Folder that patterns are relative to, itself relative to the working directory. Default `.`. */
  readonly compute_data_folder: string;
}

/** Schema of {@link FileSystemCatalogConfig}. */
export const fileSystemCatalogConfig: Schema<
  {
    readonly catalog_location?: string | undefined;
    readonly compute_data_folder?: string | undefined;
  },
  FileSystemCatalogConfig
> = z.strictObject({
  catalog_location: z._default(z.string().check(z.minLength(1)), ".catalog"),
  compute_data_folder: z._default(z.string().check(z.minLength(1)), "."),
});

/** Files by content: `<catalog_location>/.blobs/<2>/<62 hex digits>`, and a manifest for each run. */
const fileSystemCatalog: StoreFactory<typeof fileSystemCatalogConfig, Catalog, "catalog"> =
  defineCatalog({
    config: fileSystemCatalogConfig,
    needs: ({ catalog_location }, { baseDirectory }) => [
      {
        id: "catalog",
        access: "write",
        kind: "path",
        path: resolve(baseDirectory, catalog_location),
        what: "directory",
        why: "the catalog is a directory of files",
      },
    ],
    relocate: (config, placements) => {
      const placed = placements.find(({ need }) => need.id === "catalog")?.placement;
      return { ...config, ...(placed?.at === "path" ? { catalog_location: placed.path } : {}) };
    },
    open: (config, { baseDirectory }) =>
      openCatalog(resolve(baseDirectory, config.catalog_location), config.compute_data_folder),
  });

export default fileSystemCatalog;

function openCatalog(root: string, dataFolder: string): Catalog {
  const layout = catalogLayout(root);
  return {
    location: `directory ${root}`,
    dataFolder,
    ownPaths: [root],
    put: async (runId, files, { copy }) =>
      (await writing(root, () => putFiles(layout, { runId, files, copy }))).map(toEntry),
    list: async (runId) => (await readManifest(layout.manifest(runId))).map(toEntry),
    get: (runId, entries, directory) => getFiles(layout, { runId, entries, directory }),
    // Blobs stay: nobody knows at once which other runs have them.
    removeRun: (runId) => rm(layout.browse(runId), { recursive: true, force: true }),
    storeId: (options) => writing(root, () => storeIdOf(root, options)),
  };
}

function toEntry({ path, digest, bytes, stored }: ManifestEntry): CatalogEntry {
  return { path, digest, bytes, stored };
}

async function writing<T>(root: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw storageError(error, { directory: root, key: "catalog.config.catalog_location" });
  }
}
