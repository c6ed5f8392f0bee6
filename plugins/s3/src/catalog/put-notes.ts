import { createHash, randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { BucketPlace } from "../place/bucket-place.ts";

/** What this machine knows of the files that it put last: what has not changed since costs a stat. */
export interface PutNotes {
  /** The digest of an unchanged file, and whether the server was asked for its bytes within a day. */
  readonly of: (
    path: string,
    stats: Stats,
  ) => { readonly digest: string; readonly isFresh: boolean } | undefined;
  /** Notes a digest by how the file looked before it was read. */
  readonly note: (path: string, stats: Stats, digest: string) => void;
  /** Puts the new notes in the place of the former ones. They are a cache: a failure to write is none of the caller's. */
  readonly save: () => Promise<void>;
}

/** A rule of the bucket may remove what nobody reads: after a day the server is asked again. */
const freshMs = 24 * 60 * 60 * 1000;

/** `.runnable/s3/<hash of place and folder>` of the project: a line for the store, then one for each file. */
export function notesFile(baseDirectory: string, place: BucketPlace, dataFolder: string): string {
  const { endpoint, bucket, prefix } = place;
  const text = JSON.stringify([endpoint, bucket, prefix, dataFolder]);
  const name = createHash("sha256").update(text).digest("hex").slice(0, 32);
  return join(baseDirectory, ".runnable", "s3", name);
}

/** The notes in a file, if they are about this very store. */
export async function readPutNotes(file: string, storeId: string | undefined): Promise<PutNotes> {
  const [head = "", ...lines] = (await readFile(file, "utf8").catch(() => "")).split("\n");
  const [id, asked] = head.split("\t");
  const former = new Map(id === storeId ? lines.map(parseLine) : []);
  const isFresh = Date.now() - Number(asked) < freshMs;
  const fresh: string[] = [];
  return {
    of: (path, stats) => {
      const digest = former.get(lookOf(path, stats));
      return digest === undefined ? undefined : { digest, isFresh };
    },
    note: (path, stats, digest) => {
      if (!isRecent(stats) && !/[\n\t]/.test(path)) fresh.push(`${lookOf(path, stats)}\t${digest}`);
    },
    save: async () => {
      const time = isFresh && id === storeId ? asked : Date.now();
      await replace(file, [`${storeId}\t${time}`, ...fresh].join("\n")).catch(() => undefined);
    },
  };
}

function parseLine(line: string): readonly [string, string] {
  const end = line.lastIndexOf("\t");
  return [line.slice(0, end), line.slice(end + 1)];
}

function lookOf(path: string, { dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return `${path}\t${dev}:${ino}:${size}:${mtimeMs}:${ctimeMs}`;
}

/**
 * Whether a change right after the stat might bear the same time: Linux' clock for files ticks every 1–10 ms, FAT's every 2 s.
 * Of such a file nothing may be noted. Source: git's racy-git.txt.
 */
function isRecent({ mtimeMs, ctimeMs }: Stats): boolean {
  const isCoarse = mtimeMs % 1000 === 0 && ctimeMs % 1000 === 0;
  return Date.now() - ctimeMs < (isCoarse ? 2000 : 50);
}

async function replace(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const aside = `${file}.${randomUUID()}`;
  try {
    await writeFile(aside, text);
    await rename(aside, file);
  } finally {
    await rm(aside, { force: true });
  }
}
