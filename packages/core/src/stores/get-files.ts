import { hash } from "node:crypto";
import { renameSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

import { RunnableError, type CatalogEntry } from "@runnable/plugin";

import { asidePath } from "../files/aside-path.ts";
import { breather } from "../files/breathe.ts";
import { copyHashed } from "../files/copy-hashed.ts";
import { readSmallSync } from "../files/read-small-sync.ts";
import { joinWithin, withinRoot } from "../files/within-root.ts";
import { writeNewSync } from "../files/write-new-sync.ts";
import type { CatalogLayout } from "./catalog-layout.ts";
import { hasBlob } from "./keep-blob.ts";
import { readManifest } from "./manifest.ts";

/** Files of a run to be written below a directory. */
export interface Get {
  readonly runId: string;
  readonly entries: readonly CatalogEntry[];
  /** Absolute. */
  readonly directory: string;
}

/**
 * Writes files of a run, each checked against its digest before it takes its place; a file in the way is replaced.
 *
 * @throws RunnableError CATALOG_DIGEST when a blob is damaged or gone, CATALOG_NOT_KEPT for an entry of which only the digest was
 * recorded, PATH_OUTSIDE when a path, or a link in the way, leaves the directory.
 */
export async function getFiles(
  layout: CatalogLayout,
  { runId, entries, directory }: Get,
): Promise<void> {
  const manifest = await readManifest(layout.manifest(runId));
  const executables = new Set(manifest.filter((e) => e.executable).map(({ path }) => path));
  const makeFolder = once(async (folder) => {
    await mkdir(await withinRoot(directory, folder), { recursive: true });
  });
  const breathe = breather();
  for (const entry of entries) {
    await makeFolder(dirname(entry.path));
    const target = joinWithin(directory, entry.path);
    await getFile(layout, entry, { target, mode: executables.has(entry.path) ? 0o777 : 0o666 });
    await breathe();
  }
}

async function getFile(
  layout: CatalogLayout,
  entry: CatalogEntry,
  { target, mode }: { readonly target: string; readonly mode: number },
): Promise<void> {
  if (!entry.stored) throw notKept(entry);
  if (!hasBlob(layout, entry)) throw damaged(layout, entry);
  const aside = asidePath(target);
  try {
    const digest = await copyChecked(layout.blob(entry.digest), aside, {
      bytes: entry.bytes,
      mode,
    });
    if (digest !== entry.digest) throw damaged(layout, entry);
    renameSync(aside, target);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}

/** Copies a blob aside and gives the digest of what it wrote. */
async function copyChecked(
  blob: string,
  aside: string,
  { bytes, mode }: { readonly bytes: number; readonly mode: number },
): Promise<string> {
  const content = readSmallSync(blob, bytes);
  if (content === undefined) return (await copyHashed(blob, aside, mode)).digest;
  writeNewSync(aside, { content, mode });
  return `sha256:${hash("sha256", content)}`;
}

function once(
  action: (key: string) => Promise<unknown>,
): (key: string) => Promise<unknown> | undefined {
  const done = new Set<string>();
  return (key) => {
    if (done.has(key)) return undefined;
    done.add(key);
    return action(key);
  };
}

function damaged({ root }: CatalogLayout, { path, digest }: CatalogEntry): RunnableError {
  return new RunnableError(
    "CATALOG_DIGEST",
    `${path}: the bytes that ${root} keeps are not those of ${digest}`,
    {
      hint: "The catalog was damaged after the file was put; run the job that makes it once more.",
      exitCode: 78,
    },
  );
}

function notKept({ path }: CatalogEntry): RunnableError {
  return new RunnableError(
    "CATALOG_NOT_KEPT",
    `${path} was recorded by its digest, its bytes were not kept`,
    {
      hint: "Take `storeCopy: false` out of the job that puts it, and run it again.",
      exitCode: 78,
    },
  );
}
