import type { BigIntStats } from "node:fs";

import type { CatalogFile } from "@runnable/plugin";

import { breather } from "../files/breathe.ts";
import { removeLeftovers } from "../files/remove-leftovers.ts";
import { linkForBrowsing } from "./browse-links.ts";
import type { CatalogLayout } from "./catalog-layout.ts";
import { hasBlob, keepBlob } from "./keep-blob.ts";
import { addToManifest, type ManifestEntry } from "./manifest.ts";
import { dataFolderOf, sourceStats } from "./source-stats.ts";
import { unchangedFiles, type UnchangedFiles } from "./unchanged-files.ts";

/** Files of a run to be put. */
export interface Put {
  readonly runId: string;
  readonly files: readonly CatalogFile[];
  /** False: record digests, keep no bytes. */
  readonly copy: boolean;
}

/** Keeps the files' bytes, then names them in the run's manifest. @throws RunnableError as `sourceStats` does */
export async function putFiles(
  layout: CatalogLayout,
  { runId, files, copy }: Put,
): Promise<readonly ManifestEntry[]> {
  const [first] = files;
  if (first === undefined) return [];
  await removeLeftovers(layout.aside);
  const unchanged = unchangedFiles(layout.unchanged, dataFolderOf(first));
  const statsOf = sourceStats(layout.root);
  const breathe = breather();
  const entries: ManifestEntry[] = [];
  for (const file of files) {
    entries.push(await putFile({ layout, unchanged, copy }, file, statsOf(file)));
    await breathe();
  }
  await addToManifest(layout.manifest(runId), entries, layout.aside);
  await unchanged.save();
  if (copy) await linkForBrowsing(layout, runId, entries);
  return entries;
}

interface Putting {
  readonly layout: CatalogLayout;
  readonly unchanged: UnchangedFiles;
  readonly copy: boolean;
}

async function putFile(
  { layout, unchanged, copy }: Putting,
  { path, source }: CatalogFile,
  stats: BigIntStats,
): Promise<ManifestEntry> {
  const size = Number(stats.size);
  const executable = (stats.mode & 0o100n) !== 0n;
  const known = unchanged.digestOf(path, stats);
  if (known !== undefined && (!copy || hasBlob(layout, { digest: known, bytes: size }))) {
    return { path, digest: known, bytes: size, stored: copy, executable };
  }
  const kept = await keepBlob(layout, { source, size, copy });
  unchanged.note(path, stats, kept.digest);
  return { path, ...kept, stored: copy, executable };
}
