import { mkdir, readFile, readdir } from "node:fs/promises";

import type { Catalog } from "@runnable/plugin";

import type { TemporaryDirectory } from "../temporary-directory.ts";
import { openStore } from "./open-store.ts";

/** URL of the file-system catalog's module. */
export const module: string = new URL("../../src/stores/file-system-catalog.ts", import.meta.url)
  .href;

/** Opens the file-system catalog in a directory. */
export function openCatalog(
  temporary: TemporaryDirectory,
  location = ".catalog",
): Promise<Catalog> {
  return openStore(module, { catalog_location: location }, temporary.directory);
}

/** Puts files of the directory; `copy: false` records digests only. */
export async function putFiles(
  temporary: TemporaryDirectory,
  paths: readonly string[],
  { runId, copy = true }: { readonly runId: string; readonly copy?: boolean },
): Promise<void> {
  const catalog = await openCatalog(temporary);
  const files = paths.map((path) => ({ path, source: temporary.path(path) }));
  await catalog.put(runId, files, { copy });
}

/** Gets a file of a run into a directory of its own, and its text. */
export async function gotText(
  temporary: TemporaryDirectory,
  runId: string,
  path: string,
): Promise<string> {
  const catalog = await openCatalog(temporary);
  const entries = (await catalog.list(runId)).filter((entry) => entry.path === path);
  await mkdir(temporary.path("out"), { recursive: true });
  await catalog.get(runId, entries, temporary.path("out"));
  return readFile(temporary.path(`out/${path}`), "utf8");
}

/** Absolute paths of all blobs. */
export async function blobPaths(temporary: TemporaryDirectory): Promise<readonly string[]> {
  const names = await readdir(temporary.path(".catalog/.blobs"), { recursive: true });
  return names
    .filter((name) => name.includes("/"))
    .map((name) => temporary.path(`.catalog/.blobs/${name}`));
}
