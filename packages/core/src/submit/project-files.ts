import path from "node:path";

import { RunnableError } from "@runnable/plugin";

import { matchFiles } from "../files/match-files.ts";
import { withinRoot } from "../files/within-root.ts";

/** A file for the job's working directory. */
export interface ProjectFile {
  /** Relative to the working directory, with `/`. */
  readonly path: string;
  /** Absolute. */
  readonly source: string;
}

/**
 * The files that a job declares, and those that travel by themselves, each once, sorted by path.
 * @throws RunnableError FILES_UNMATCHED when a pattern matches nothing; PATH_OUTSIDE when a link, PATTERN_OUTSIDE when a pattern
 * leads out of the working directory.
 */
export async function projectFiles(options: {
  readonly patterns: readonly string[];
  /** Absolute. */
  readonly workingDirectory: string;
  readonly extraFiles: readonly ProjectFile[];
}): Promise<readonly ProjectFile[]> {
  const { patterns, workingDirectory, extraFiles } = options;
  const declared = patterns.length === 0 ? [] : await declaredFiles(patterns, workingDirectory);
  const byPath = new Map([...extraFiles, ...declared].map((file) => [file.path, file]));
  return [...byPath.values()];
}

async function declaredFiles(
  patterns: readonly string[],
  root: string,
): Promise<readonly ProjectFile[]> {
  const ignored = [".runnable", ...(patterns.some(namesPackages) ? [] : ["node_modules"])];
  const ignore = ignored.map((name) => path.join(root, name));
  const { files, unmatched } = await matchFiles({ root, patterns, ignore });
  if (unmatched.length > 0) throw unmatchedFiles(unmatched, root);

  await Promise.all(files.map((file) => withinRoot(root, file.path)));
  return files.map((file) => ({ path: file.path, source: file.absolute }));
}

/** `**` means the project's own files. */
function namesPackages(pattern: string): boolean {
  return pattern.split("/").includes("node_modules");
}

function unmatchedFiles(unmatched: readonly string[], root: string): RunnableError {
  const patterns = unmatched.map((pattern) => JSON.stringify(pattern)).join(", ");
  return new RunnableError(
    "FILES_UNMATCHED",
    `no file below ${root} matches ${patterns} of the job's files`,
    {
      hint: "Correct the pattern in the job's `files`; it is relative to the working directory.",
      exitCode: 78,
    },
  );
}
