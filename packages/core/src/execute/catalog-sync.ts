import { constants } from "node:fs";
import { copyFile, mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { Catalog, CatalogEntry, CatalogFile, RunLog } from "@runnable/plugin";

import { matchFiles } from "../files/match-files.ts";
import { sha256File } from "../files/sha256-file.ts";
import { withinRoot } from "../files/within-root.ts";
import type { JobCatalog } from "../jobs/job.ts";
import { findRun } from "../record/find-run.ts";
import { matchEntries } from "../record/match-entries.ts";

/** Brings the files that a job takes from earlier runs into its working directory. @throws RunnableError CATALOG_UNMATCHED when a pattern matches nothing. */
export async function getFiles(
  catalog: Catalog,
  runLog: RunLog,
  { get, directory }: { readonly get: JobCatalog["get"]; readonly directory: string },
): Promise<void> {
  for (const { run, pattern } of get ?? []) {
    const runId = await findRun(runLog, run);
    const entries = await matchEntries(catalog, runId, pattern);
    await catalog.get(runId, entries, join(directory, catalog.dataFolder));
  }
}

/** What a job's `put` came to: kept entries, and patterns that matched nothing. */
export interface PutResult {
  readonly entries: readonly CatalogEntry[];
  readonly unmatched: readonly string[];
}

/** Puts the files that a job leaves into the catalog. Unmatched patterns are told, not thrown: everything else is kept. */
export async function putFiles(
  catalog: Catalog,
  runId: string,
  { put, storeCopy = true, directory }: JobCatalog & { readonly directory: string },
): Promise<PutResult> {
  if (!put || put.length === 0) return { entries: [], unmatched: [] };
  const { files, unmatched } = await matched(
    put,
    join(directory, catalog.dataFolder),
    catalog.ownPaths,
  );
  const entries = files.length === 0 ? [] : await catalog.put(runId, files, { copy: storeCopy });
  return { entries, unmatched };
}

/** Lays the files of a job's `put` into the outbox, from where they go back to the submitter, who keeps them. */
export async function layOut(
  outbox: string,
  {
    put,
    storeCopy = true,
    directory,
    folder = ".",
  }: JobCatalog & { readonly directory: string; readonly folder?: string | undefined },
): Promise<PutResult> {
  await mkdir(outbox, { recursive: true });
  if (!put || put.length === 0) return { entries: [], unmatched: [] };
  const { files, unmatched } = await matched(put, join(directory, folder), []);
  const entries = await Promise.all(files.map((file) => layOutFile(outbox, file, storeCopy)));
  return { entries, unmatched };
}

async function layOutFile(outbox: string, file: CatalogFile, copy: boolean): Promise<CatalogEntry> {
  const target = await withinRoot(outbox, file.path);
  if (copy) {
    await mkdir(dirname(target), { recursive: true });
    await copyFile(file.source, target, constants.COPYFILE_FICLONE);
  }
  const [{ size }, digest] = await Promise.all([stat(file.source), sha256File(file.source)]);
  return { path: file.path, digest, bytes: size, stored: copy };
}

async function matched(
  patterns: readonly string[],
  root: string,
  ignore: readonly string[],
): Promise<{ readonly files: readonly CatalogFile[]; readonly unmatched: readonly string[] }> {
  const { files, unmatched } = await matchFiles({ root, patterns, ignore });
  return { files: files.map(({ path, absolute }) => ({ path, source: absolute })), unmatched };
}
