import { existsSync, lstatSync, realpathSync, statSync, type Stats } from "node:fs";
import { dirname, sep } from "node:path";

import { RunnableError, type CatalogFile } from "@runnable/plugin";

import { errorCode } from "../files/error-code.ts";
import { isInside } from "../files/within-root.ts";

/**
 * Gives what files to be put are, links followed. Synchronous: for many small files that takes a third of the time.
 * `catalog` is the catalog's absolute directory, which never keeps itself.
 *
 * @throws RunnableError CATALOG_LINK_OUTSIDE when a link leads out of the data folder, CATALOG_ITSELF when the file lies within
 * `catalog`, CATALOG_NO_FILE when there is none or it is no regular file.
 */
export function sourceStats(catalog: string): (file: CatalogFile) => Stats {
  const own = existsSync(catalog) ? realpathSync(catalog) : catalog;
  const plainDirectories = new Map<string, boolean>();
  return (file) => {
    const stats = lstatSync(file.source, { throwIfNoEntry: false });
    if (stats === undefined) throw noFile(file, "it is not there");
    const directory = file.source.slice(0, file.source.lastIndexOf(sep));
    const plain = plainDirectories.get(directory) ?? isPlain(directory, own);
    plainDirectories.set(directory, plain);
    const target = plain && !stats.isSymbolicLink() ? stats : follow(file, own);
    if (!target.isFile()) throw noFile(file, "it is no regular file");
    return target;
  };
}

/** Absolute directory that a file's path is relative to. */
export function dataFolderOf({ path, source }: CatalogFile): string {
  return source.endsWith(`/${path}`) ? source.slice(0, -path.length - 1) : dirname(source);
}

/** The refusal of a file that may not be read; undefined when the error is of something else. */
export function unreadable(file: CatalogFile, error: unknown): RunnableError | undefined {
  const ofSource = error instanceof Error && "path" in error && error.path === file.source;
  return ofSource ? noFile(file, `${errorCode(error)} while reading it`) : undefined;
}

/** Whether a directory is reached without a link and is none of the catalog's. */
function isPlain(directory: string, own: string): boolean {
  return realpathSync(directory) === directory && !isInside(own, directory);
}

function follow(file: CatalogFile, own: string): Stats {
  const target = realTarget(file);
  if (isInside(own, target)) {
    throw refusal(file, ["CATALOG_ITSELF", `it lies in the catalog itself, ${own}`]);
  }
  const folder = dataFolderOf(file);
  if (!isInside(realpathSync(folder), target)) {
    throw refusal(file, ["CATALOG_LINK_OUTSIDE", `it is a link that leads out of ${folder}`]);
  }
  return statSync(target);
}

function realTarget(file: CatalogFile): string {
  try {
    return realpathSync(file.source);
  } catch {
    throw noFile(file, "it is a link to nothing");
  }
}

function noFile(file: CatalogFile, why: string): RunnableError {
  return refusal(file, ["CATALOG_NO_FILE", why]);
}

function refusal({ path }: CatalogFile, [code, why]: readonly [string, string]): RunnableError {
  return new RunnableError(code, `${path} can't be put into the catalog: ${why}`, {
    hint: "Put regular files that lie within the working directory.",
  });
}
