import { stat } from "node:fs/promises";
import { isAbsolute, join, normalize, sep } from "node:path";

/** A file that an argument names. */
export interface ScriptFile {
  /** Relative to the working directory, with `/`. */
  readonly path: string;
  /** Absolute. */
  readonly source: string;
}

/**
 * The arguments that name files below the working directory by a relative path: they travel by themselves. A program without a
 * `/` is looked up on PATH, so it is none; an absolute path means nothing elsewhere, so it stays.
 */
export async function scriptFiles(
  argv: readonly string[],
  workingDirectory: string,
): Promise<readonly ScriptFile[]> {
  const named = argv.filter((argument, index) => index > 0 || argument.includes("/"));
  const paths = new Set(named.filter(isInside).map(normalize));
  const files = [...paths].map(async (path) => {
    const source = join(workingDirectory, path);
    return (await isFile(source)) ? [{ path: path.replaceAll(sep, "/"), source }] : [];
  });
  return (await Promise.all(files)).flat();
}

function isInside(argument: string): boolean {
  return argument !== "" && !isAbsolute(argument) && !/^\.\.(?:\/|$)/.test(normalize(argument));
}

async function isFile(path: string): Promise<boolean> {
  // An argument may be anything: too long for a path, or with a NUL.
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true;
}
