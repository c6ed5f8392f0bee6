import { readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";

import { isAside } from "../files/aside-path.ts";
import { isAlive } from "../files/is-alive.ts";
import type { JournalEntry } from "../submit/journal-entry.ts";
import { lockedRunId, lockHolder } from "../submit/journal-lock.ts";
import { stageDirectoryOf } from "../submit/stage-directory.ts";
import { stageOwner } from "../submit/stage-owner.ts";
import type { Project } from "./open-project.ts";

/** A file or directory below `.runnable` that nobody needs any more. */
export interface LocalLeftover {
  readonly path: string;
  readonly runId?: string;
  readonly what: string;
  readonly why: string;
  readonly ageMs: number;
}

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** Records of runs whose store is out of reach: so many of the newest are kept. */
const mostRecords = 1000;

/**
 * What clients that died left below `.runnable` of the project: stages, half-written files, locks; and of the journal's records
 * of runs that are over those beyond the newest 1,000. Nothing that a living process or a run under way needs.
 */
export async function localLeftovers(
  project: Project,
  nowMs: number = Date.now(),
): Promise<readonly LocalLeftover[]> {
  const { projectDirectory } = project.config;
  const journal = join(projectDirectory, ".runnable", "submissions");
  const [stages, names] = await Promise.all([
    namesIn(join(projectDirectory, ".runnable", "stage")),
    namesIn(journal),
  ]);
  const tidy = stages.length === 0 && names.every((name) => name.endsWith(".json"));
  if (tidy && names.length <= mostRecords) return [];
  const entries = await entriesOf(project);
  // An entry of another version can't be read: what is its own is not known, so nothing is.
  if (entries === undefined) return [];
  const found = await Promise.all([
    ...stages.map((path) => staleStage(path, { entries, projectDirectory, nowMs })),
    ...names.map((path) => staleFile(path, { nowMs, entries })),
    ...oldRecords(entries).map((entry) => oldRecord(entry, journal, nowMs)),
  ]);
  return found.filter((one) => one !== undefined);
}

/** Removes {@link localLeftovers}; nothing is thrown. For commands that pass by. */
export async function sweep(project: Project): Promise<void> {
  try {
    for (const { path } of await localLeftovers(project)) {
      await rm(path, { recursive: true, force: true });
    }
  } catch {
    // The next one who passes may be luckier; `clean` tells why not.
  }
}

async function namesIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.map((name) => join(directory, name));
}

async function entriesOf({ journal }: Project): Promise<readonly JournalEntry[] | undefined> {
  try {
    const read = await Promise.all((await journal.runIds()).map(journal.read));
    return read.filter((entry) => entry !== undefined);
  } catch {
    return undefined;
  }
}

interface Surroundings {
  readonly entries: readonly JournalEntry[];
  readonly nowMs: number;
}

async function staleStage(
  path: string,
  { entries, projectDirectory, nowMs }: Surroundings & { readonly projectDirectory: string },
): Promise<LocalLeftover | undefined> {
  const live = entries.filter(({ state }) => state !== "DONE");
  if (live.some((entry) => stageDirectoryOf(projectDirectory, entry) === path)) return undefined;
  const ageMs = await ageOf(path, nowMs);
  if (ageMs === undefined) return undefined;
  const owner = await stageOwner(path);
  const gone = owner === undefined ? ageMs > dayMs : isAlive(owner) === false;
  if (!gone) return undefined;
  const [, runId] = /^(.+)-a\d+-[0-9a-f]{8}$/.exec(basename(path)) ?? [];
  return {
    path,
    ...(runId === undefined ? {} : { runId }),
    what: "staged files",
    why: "their client died before it submitted the run",
    ageMs,
  };
}

async function staleFile(
  path: string,
  { entries, nowMs }: Surroundings,
): Promise<LocalLeftover | undefined> {
  const name = basename(path);
  const ageMs = await ageOf(path, nowMs);
  if (ageMs === undefined) return undefined;
  if (isAside(name)) {
    const why = "its writer died before it was whole";
    return ageMs > hourMs ? { path, what: "half-written file", why, ageMs } : undefined;
  }
  const runId = lockedRunId(name);
  if (runId === undefined || entries.some((entry) => entry.runId === runId)) return undefined;
  const holder = await lockHolder(path);
  if (holder && isAlive(holder) !== false) return undefined;
  return { path, runId, what: "lock", why: "its process is gone, and so is the submission", ageMs };
}

function oldRecords(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  return entries
    .filter(({ state, owner }) => state === "DONE" && owner === "job")
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    .slice(mostRecords);
}

async function oldRecord(
  { runId }: JournalEntry,
  directory: string,
  nowMs: number,
): Promise<LocalLeftover | undefined> {
  const path = join(directory, `${runId}.json`);
  const ageMs = await ageOf(path, nowMs);
  const why = `${mostRecords} newer ones are kept`;
  return ageMs === undefined ? undefined : { path, runId, what: "old record", why, ageMs };
}

async function ageOf(path: string, nowMs: number): Promise<number | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats && nowMs - stats.mtimeMs;
}
