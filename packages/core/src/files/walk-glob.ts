import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { errorCode } from "./error-code.ts";
import type { GlobPattern, Segment } from "./glob-pattern.ts";

/** A search below a directory. Paths are relative to the root, with `/`. */
export interface Walk {
  /** Absolute. */
  readonly root: string;
  readonly isIgnored: (path: string) => boolean;
  /** Each directory is read once for all patterns. */
  readonly read: Map<string, Promise<readonly Dirent[]>>;
  /** Files so far; the same one may come twice. */
  readonly found: string[];
}

/** Adds the files that a pattern matches to `walk.found`. */
export async function walkGlob(walk: Walk, { segments, directories }: GlobPattern): Promise<void> {
  await visit({ ...walk, directories }, "", segments);
}

type Visit = Walk & Pick<GlobPattern, "directories">;

async function visit(walk: Visit, directory: string, segments: readonly Segment[]): Promise<void> {
  const [segment, ...rest] = segments;
  if (segment?.kind === "name") return visitName(walk, below(directory, segment.name), rest);
  if (segment?.kind === "wildcard") return visitWildcard(walk, directory, [segment.shape, rest]);
  return visitAny(walk, directory, segments);
}

async function visitName(walk: Visit, path: string, rest: readonly Segment[]): Promise<void> {
  if (isRefused(walk, path)) return;
  if (rest.length > 0) return visit(walk, path, rest);
  await addNamed(walk, path);
}

async function visitWildcard(
  walk: Visit,
  directory: string,
  [shape, rest]: readonly [RegExp, readonly Segment[]],
): Promise<void> {
  for (const entry of await entriesOf(walk, directory)) {
    if (!shape.test(entry.name)) continue;
    const path = below(directory, entry.name);
    if (rest.length > 0) {
      if (!entry.isFile()) await visit(walk, path, rest);
    } else if (entry.isFile()) {
      walk.found.push(path);
    } else {
      await addNamed(walk, path);
    }
  }
}

/** `**`: what follows it here, and below each directory that is neither hidden nor a link. */
async function visitAny(
  walk: Visit,
  directory: string,
  segments: readonly Segment[],
): Promise<void> {
  const rest = segments.slice(1);
  if (rest.length > 0) await visit(walk, directory, rest);
  for (const entry of await entriesOf(walk, directory)) {
    if (entry.name.startsWith(".")) continue;
    const path = below(directory, entry.name);
    if (entry.isDirectory()) await visitAny(walk, path, segments);
    else if (rest.length === 0) await addFile(walk, path, entry);
  }
}

/** A file, a link to one, or, where the pattern means directories, every file below. */
async function addNamed(walk: Visit, path: string): Promise<void> {
  const stats = await stat(join(walk.root, path)).catch(() => undefined);
  if (stats?.isFile() === true) walk.found.push(path);
  if (stats?.isDirectory() === true && walk.directories) await addAll(walk, path);
}

async function addAll(walk: Visit, directory: string): Promise<void> {
  for (const entry of await entriesOf(walk, directory)) {
    const path = below(directory, entry.name);
    if (entry.isDirectory()) await addAll(walk, path);
    else await addFile(walk, path, entry);
  }
}

async function addFile(walk: Walk, path: string, entry: Dirent): Promise<void> {
  if (entry.isFile()) walk.found.push(path);
  if (!entry.isSymbolicLink()) return;
  const stats = await stat(join(walk.root, path)).catch(() => undefined);
  if (stats?.isFile() === true) walk.found.push(path);
}

async function entriesOf(walk: Walk, directory: string): Promise<readonly Dirent[]> {
  const known = walk.read.get(directory);
  if (known !== undefined) return known;
  const reading = readEntries(walk, directory);
  walk.read.set(directory, reading);
  return reading;
}

async function readEntries(walk: Walk, directory: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(join(walk.root, directory), { withFileTypes: true });
    return entries.filter(({ name }) => !isRefused(walk, below(directory, name)));
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return [];
    throw error;
  }
}

function isRefused(walk: Walk, path: string): boolean {
  return path === ".git" || path.endsWith("/.git") || walk.isIgnored(path);
}

function below(directory: string, name: string): string {
  return directory === "" ? name : `${directory}/${name}`;
}
