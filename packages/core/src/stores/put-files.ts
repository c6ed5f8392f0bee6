import type { Stats } from "node:fs";
import { dirname } from "node:path";

import type { CatalogFile } from "@runnable/plugin";

import { breather } from "../files/breathe.ts";
import { inFlight } from "../files/in-flight.ts";
import { keepNewest } from "../files/keep-newest.ts";
import { removeLeftovers } from "../files/remove-leftovers.ts";
import { sha256File } from "../files/sha256-file.ts";
import { linkForBrowsing } from "./browse-links.ts";
import type { CatalogLayout } from "./catalog-layout.ts";
import { blobKeeper } from "./keep-blob.ts";
import { addToManifest, type ManifestEntry } from "./manifest.ts";
import { presentBlobs, type PresentBlobs } from "./present-blobs.ts";
import { dataFolderOf, sourceStats, unreadable } from "./source-stats.ts";
import { isRecent, lookOf, unchangedFiles, type UnchangedFiles } from "./unchanged-files.ts";

/** A working directory that is made for each run leaves notes that nobody asks for again. */
const keptNotes = 64;

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
  const notesFile = layout.notes(dataFolderOf(first));
  const notes = unchangedFiles(notesFile);
  const blobs = presentBlobs(layout, unchangedFiles(`${notesFile}-blobs`));
  const entries = await inFlight((begin) =>
    putEach({ layout, notes, blobs, copy, keep: blobKeeper(layout, begin) }, files),
  );
  await Promise.all([
    addToManifest(layout.manifest(runId), entries, layout.aside),
    notes.save(),
    ...(copy ? [blobs.save(entries)] : []),
    removeLeftovers(layout.aside),
  ]);
  await keepNewest(dirname(notesFile), keptNotes);
  if (copy) await linkForBrowsing(layout, runId, entries);
  return entries;
}

interface Putting {
  readonly layout: CatalogLayout;
  readonly notes: UnchangedFiles;
  readonly blobs: PresentBlobs;
  readonly keep: ReturnType<typeof blobKeeper>;
  readonly copy: boolean;
}

async function putEach(
  putting: Putting,
  files: readonly CatalogFile[],
): Promise<readonly ManifestEntry[]> {
  const statsOf = sourceStats(putting.layout.root);
  const breathe = breather();
  const entries: ManifestEntry[] = [];
  for (const file of files) {
    const stats = statsOf(file);
    const seen = { file, stats, look: lookOf(file.path, stats) };
    entries.push(unchangedEntry(putting, seen) ?? (await putFile(putting, seen)));
    const pause = breathe();
    // A promise that is not needed costs more than the loop.
    if (pause !== undefined) await pause;
  }
  return entries;
}

interface Seen {
  readonly file: CatalogFile;
  readonly stats: Stats;
  readonly look: string;
}

function unchangedEntry(
  { notes, blobs, copy }: Putting,
  { file: { path }, stats, look }: Seen,
): ManifestEntry | undefined {
  const digest = notes.noteOf(path, look);
  if (digest === undefined || !/^sha256:[0-9a-f]{64}$/.test(digest)) return undefined;
  if (copy && !blobs.has({ digest, bytes: stats.size })) return undefined;
  notes.note(look, digest);
  return { path, digest, bytes: stats.size, stored: copy, executable: isExecutable(stats) };
}

async function putFile(
  { keep, notes, copy }: Putting,
  { file, stats, look }: Seen,
): Promise<ManifestEntry> {
  const { path, source } = file;
  const { size, mode } = stats;
  const recent = isRecent(stats);
  try {
    const kept = copy
      ? await keep({ source, size, mode })
      : { digest: await sha256File(source), bytes: size };
    if (!recent) notes.note(look, kept.digest);
    return { path, ...kept, stored: copy, executable: isExecutable(stats) };
  } catch (error) {
    throw unreadable(file, error) ?? error;
  }
}

function isExecutable({ mode }: Stats): boolean {
  return (mode & 0o100) !== 0;
}
