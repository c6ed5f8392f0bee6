import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

import { RunnableError, type CatalogEntry } from "@runnable/plugin";

import { asidePath } from "../files/aside-path.ts";
import { copyHashed } from "../files/copy-hashed.ts";
import { inFlight, type Begin } from "../files/in-flight.ts";
import { nodeCrypto } from "../files/node-crypto.ts";
import { readSmallSync } from "../files/read-small-sync.ts";
import { joinWithin, withinRoot } from "../files/within-root.ts";
import { writeNew } from "../files/write-new.ts";
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
  await inFlight(async (begin) => {
    for (const entry of entries) {
      await makeFolder(dirname(entry.path));
      const target = joinWithin(directory, entry.path);
      const mode = executables.has(entry.path) ? 0o777 : 0o666;
      await getFile({ layout, entry, target, mode }, begin);
    }
  });
}

interface Getting {
  readonly layout: CatalogLayout;
  readonly entry: CatalogEntry;
  readonly target: string;
  readonly mode: number;
}

/** A small file is checked here while the thread pool writes those before. */
async function getFile(getting: Getting, begin: Begin): Promise<void> {
  const { layout, entry, mode } = getting;
  if (!entry.stored) throw notKept(entry);
  if (!hasBlob(layout, entry)) throw damaged(layout, entry);
  const content = readSmallSync(layout.blob(entry.digest), entry.bytes);
  if (content === undefined) return replace(getting, (aside) => copyChecked(getting, aside));
  check(getting, `sha256:${nodeCrypto().hash("sha256", content)}`);
  await begin(() => replace(getting, (aside) => writeNew(aside, { content, mode })));
}

async function copyChecked(getting: Getting, aside: string): Promise<void> {
  const { layout, entry, mode } = getting;
  check(getting, (await copyHashed(layout.blob(entry.digest), aside, mode)).digest);
}

function check({ layout, entry }: Getting, digest: string): void {
  if (digest !== entry.digest) throw damaged(layout, entry);
}

async function replace(
  { target }: Getting,
  write: (aside: string) => Promise<void>,
): Promise<void> {
  const aside = asidePath(target);
  try {
    await write(aside);
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
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
