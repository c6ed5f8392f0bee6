import type { CatalogEntry } from "./outcome.ts";
import type { Schema } from "./schema.ts";
import { storeFactory, type StoreDefinition, type StoreFactory } from "./store.ts";

/** A file to keep. */
export interface CatalogFile {
  /** Relative to the data folder, with `/`, without `..`. */
  readonly path: string;
  /** Absolute. */
  readonly source: string;
}

/** Files kept per run, by content. */
export interface Catalog {
  /** For people: "directory /data/catalog". */
  readonly location: string;
  /** Folder that patterns are relative to, itself relative to the working directory; default ".". */
  readonly dataFolder: string;
  /** Absolute paths that a pattern must never match: the catalog itself. */
  readonly ownPaths: readonly string[];
  /** Keeps the files and adds them to the run's manifest. `copy: false` records digests only. Unchanged files are not sent again. */
  readonly put: (
    runId: string,
    files: readonly CatalogFile[],
    options: { readonly copy: boolean },
  ) => Promise<readonly CatalogEntry[]>;
  /** The run's manifest, sorted by path; empty if the run put nothing. */
  readonly list: (runId: string) => Promise<readonly CatalogEntry[]>;
  /** Writes entries of a run below a directory, each checked against its digest. @throws RunnableError CATALOG_DIGEST when bytes differ. */
  readonly get: (
    runId: string,
    entries: readonly CatalogEntry[],
    directory: string,
  ) => Promise<void>;
  /** The store's own identity (`.runnable/store-id`); the same for everyone who sees the same bytes. */
  readonly storeId: (options: { readonly create: boolean }) => Promise<string | undefined>;
  /** Removes a run's manifest; bytes that other runs may have too may stay. Absent where the store can't. `doctor` calls it for the run that it made. */
  readonly removeRun?: (runId: string) => Promise<void>;
  readonly close?: () => Promise<void>;
}

/** A factory of catalogs. */
export function defineCatalog<S extends Schema>(
  definition: StoreDefinition<S, Catalog>,
): StoreFactory<S, Catalog, "catalog"> {
  return storeFactory("catalog", definition);
}
