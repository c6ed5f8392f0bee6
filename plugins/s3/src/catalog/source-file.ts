import type { Stats } from "node:fs";
import { lstat, realpath, stat } from "node:fs/promises";
import { dirname, sep } from "node:path";

import { RunnableError, type CatalogFile } from "@runnable/plugin";

/**
 * What a file to be put is, links followed.
 *
 * @throws RunnableError CATALOG_LINK_OUTSIDE when a link leads out of the data folder, CATALOG_NO_FILE when there is none or it is
 * no regular file.
 */
export async function statSource(file: CatalogFile): Promise<Stats> {
  const [stats, real] = await Promise.all([lstat(file.source), realpath(file.source)]).catch(() => {
    throw refusal(file, "CATALOG_NO_FILE", "it is not there");
  });
  const target = real === file.source ? stats : await statLink(file, real);
  if (!target.isFile()) throw refusal(file, "CATALOG_NO_FILE", "it is no regular file");
  return target;
}

/** Absolute directory that a file's path is relative to. */
export function dataFolderOf({ path, source }: CatalogFile): string {
  return source.endsWith(`/${path}`) ? source.slice(0, -path.length - 1) : dirname(source);
}

/** A file that can't be read, or is no longer what it was. */
export function refusal(
  { path }: CatalogFile,
  code: "CATALOG_NO_FILE" | "CATALOG_LINK_OUTSIDE" | "CATALOG_CHANGED",
  why: string,
): RunnableError {
  return new RunnableError(code, `${path} can't be put into the catalog: ${why}`, {
    hint: "Put regular files that lie within the working directory, when they are written.",
  });
}

async function statLink(file: CatalogFile, real: string): Promise<Stats> {
  const folder = dataFolderOf(file);
  const root = await realpath(folder);
  if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) {
    throw refusal(file, "CATALOG_LINK_OUTSIDE", `it is a link that leads out of ${folder}`);
  }
  return stat(real);
}
