import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { Catalog, CatalogEntry, CatalogFile } from "@runnable/plugin";

import { temporaryDirectory } from "../temporary-directory.ts";
import { openStore, type StoreUnderTest } from "./open-store.ts";

/** A catalog and a data folder with files. */
export interface OpenedCatalog extends AsyncDisposable {
  readonly catalog: Catalog;
  readonly again: () => Promise<Catalog>;
  readonly directory: string;
  /** A file of the data folder. */
  readonly path: (name: string) => string;
  /** A file that was got. */
  readonly out: (name: string) => string;
  readonly put: (
    runId: string,
    paths: readonly string[],
    copy?: boolean,
  ) => Promise<readonly CatalogEntry[]>;
  readonly get: (runId: string, entries: readonly CatalogEntry[]) => Promise<void>;
}

/** Opens a catalog beside a data folder that holds these files. */
export async function openWithFiles(
  { module, config }: StoreUnderTest,
  files: { readonly [path: string]: string | Uint8Array },
): Promise<OpenedCatalog> {
  const temporary = await temporaryDirectory();
  const { directory } = temporary;
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(temporary.path(join("data", path))), { recursive: true });
    await writeFile(temporary.path(join("data", path)), content);
  }
  const again = () => openStore<Catalog>(module, config(directory), directory);
  const catalog = await again();
  const path = (name: string) => temporary.path(join("data", name));
  return {
    catalog,
    again,
    directory,
    path,
    out: (name) => temporary.path(join("out", name)),
    put: (runId, paths, copy = true) => catalog.put(runId, filesOf({ path }, paths), { copy }),
    get: (runId, entries) => catalog.get(runId, entries, temporary.path("out")),
    [Symbol.asyncDispose]: async () => {
      await catalog.close?.();
      await temporary[Symbol.asyncDispose]();
    },
  };
}

/** Files of the data folder by their paths. */
export function filesOf(
  { path: absolute }: Pick<OpenedCatalog, "path">,
  paths: readonly string[],
): CatalogFile[] {
  return paths.map((path) => ({ path, source: absolute(path) }));
}
