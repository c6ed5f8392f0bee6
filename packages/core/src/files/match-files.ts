import { realpathSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";

import { parseGlob } from "./glob-pattern.ts";
import { walkGlob, type Walk } from "./walk-glob.ts";

/** What to look for. */
export interface MatchOptions {
  /** Absolute directory that the patterns are relative to. */
  readonly root: string;
  readonly patterns: readonly string[];
  /** Absolute paths that are never matched, nor what lies below them. `.git` never is. */
  readonly ignore: readonly string[];
}

/** A file that a pattern matched. */
export interface MatchedFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly absolute: string;
}

/** What was found. */
export interface MatchResult {
  /** Each file once, sorted by path. */
  readonly files: readonly MatchedFile[];
  /** Patterns that matched no file. */
  readonly unmatched: readonly string[];
}

/**
 * Regular files, and links to files, that globs match (see `parseGlob` for their language). A pattern that names a directory
 * means every file below it, hidden ones too; `.` and `**` leave hidden files out and follow no link to a directory.
 *
 * @throws RunnableError PATTERN_OUTSIDE when a pattern is absolute or has `..`.
 */
export async function matchFiles(options: MatchOptions): Promise<MatchResult> {
  const { root, patterns } = options;
  const base = join(root, sep);
  const walk = { root, isIgnored: ignoring(options), read: new Map() };
  const paths: string[] = [];
  const unmatched: string[] = [];
  for (const pattern of patterns) {
    const found = await matchPattern(walk, pattern);
    if (found.length === 0) unmatched.push(pattern);
    for (const path of found) paths.push(path);
  }
  const files = withoutTwins(paths.toSorted()).map((path) => ({ path, absolute: base + path }));
  return { files, unmatched };
}

/** Of sorted texts each once; quicker than a set. */
function withoutTwins(sorted: readonly string[]): readonly string[] {
  return sorted.filter((text, index) => text !== sorted[index - 1]);
}

async function matchPattern(
  walk: Omit<Walk, "found">,
  pattern: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const alternative of parseGlob(pattern)) await walkGlob({ ...walk, found }, alternative);
  // A name that looks like a wildcard, for example `plot[1].svg`, also means itself.
  if (/[*?[{]/.test(pattern)) {
    const itself = { kind: "name", name: pattern } as const;
    await walkGlob({ ...walk, found }, { segments: [itself], directories: false });
  }
  return found;
}

/** Whether a path below the root is ignored. A root reached through a link has two names for what is below it. */
function ignoring({ root, ignore }: MatchOptions): (path: string) => boolean {
  const ignored = new Set<string>();
  for (const own of ignore.flatMap((path) => [path, realPath(path)])) {
    ignored.add(relative(root, own)).add(relative(realPath(root), own));
  }
  const inside = [...ignored].filter((path) => !path.startsWith("..") && !isAbsolute(path));
  if (inside.includes("")) return () => true;
  return (path) => inside.some((own) => path === own || path.startsWith(`${own}/`));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
