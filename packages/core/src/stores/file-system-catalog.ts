import { rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

import {
  defineCatalog,
  RunnableError,
  type Catalog,
  type CatalogEntry,
  type CatalogFile,
  type Schema,
  type StoreFactory,
} from "@runnable/plugin";
import * as z from "zod/mini";

import { asidePath } from "../files/aside-path.ts";
import { copyHashed } from "../files/copy-hashed.ts";
import { sha256File } from "../files/sha256-file.ts";
import { withDirectory } from "../files/with-directory.ts";
import { withinRoot } from "../files/within-root.ts";
import { runPath } from "./fact-path.ts";
import { addToManifest, readManifest, type ManifestEntry } from "./manifest.ts";
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
  return {
    location: `directory ${root}`,
    dataFolder,
    ownPaths: [root],
    put: (runId, files, { copy }) => writing(root, () => put(root, { runId, files, copy })),
    list: async (runId) => (await readManifest(manifestPath(root, runId))).map(withoutMode),
    get: (runId, entries, directory) => get(root, { runId, entries, directory }),
    storeId: (options) => writing(root, () => storeIdOf(root, options)),
  };
}

async function put(
  root: string,
  { runId, files, copy }: { runId: string; files: readonly CatalogFile[]; copy: boolean },
): Promise<readonly CatalogEntry[]> {
  const entries: ManifestEntry[] = [];
  for (const { path, source } of files) {
    const { mode, size } = await stat(source);
    const kept = copy
      ? await keep(root, source)
      : { digest: await sha256File(source), bytes: size };
    entries.push({ path, ...kept, stored: copy, executable: (mode & 0o100) !== 0 });
  }
  if (entries.length > 0) {
    await addToManifest(manifestPath(root, runId), entries, asideDirectory(root));
  }
  return entries.map(withoutMode);
}

async function keep(root: string, source: string): Promise<{ digest: string; bytes: number }> {
  const aside = asidePath("blob", asideDirectory(root));
  try {
    const copied = await copyHashed(source, aside, 0o444);
    const blob = blobPath(root, copied.digest);
    await withDirectory(blob, () => rename(aside, blob));
    return copied;
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

async function get(
  root: string,
  {
    runId,
    entries,
    directory,
  }: { runId: string; entries: readonly CatalogEntry[]; directory: string },
): Promise<void> {
  const known = new Map((await readManifest(manifestPath(root, runId))).map((e) => [e.path, e]));
  for (const entry of entries) {
    const target = await withinRoot(directory, entry.path);
    const aside = asidePath(target);
    try {
      const mode = known.get(entry.path)?.executable === true ? 0o777 : 0o666;
      const { digest } = await copyHashed(blobPath(root, entry.digest), aside, mode);
      if (digest !== entry.digest) throw damaged(entry, root);
      await rename(aside, target);
    } finally {
      await rm(aside, { force: true });
    }
  }
}

function damaged({ path, digest }: CatalogEntry, root: string): RunnableError {
  return new RunnableError(
    "CATALOG_DIGEST",
    `${path}: the bytes in ${root} are not those of ${digest}`,
    {
      hint: "The catalog was damaged after the file was put; run the job that makes it again.",
      exitCode: 78,
    },
  );
}

function withoutMode({ path, digest, bytes, stored }: ManifestEntry): CatalogEntry {
  return { path, digest, bytes, stored };
}

function blobPath(root: string, digest: string): string {
  const hex = digest.slice("sha256:".length);
  return join(root, ".blobs", hex.slice(0, 2), hex.slice(2));
}

function manifestPath(root: string, runId: string): string {
  return join(root, runPath(runId), ".manifest");
}

function asideDirectory(root: string): string {
  return join(root, ".runnable", "aside");
}

async function writing<T>(root: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw storageError(error, { directory: root, key: "catalog.config.catalog_location" });
  }
}
