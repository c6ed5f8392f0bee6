import { createHash } from "node:crypto";
import { readFileSync, type BigIntStats } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import { replaceFile } from "../files/replace-file.ts";

/** Lines kept for a folder; 20,000 are read in 10 ms. */
const maxLines = 20_000;

/** Digests of files as they were when they were last put from this machine, so that what has not changed since costs a stat. */
export interface UnchangedFiles {
  /** The file's digest, if it is still what it was: same device, inode, size, modification and change time. */
  readonly digestOf: (path: string, stats: BigIntStats) => string | undefined;
  /** Notes what `stats`, taken before the file was read, belong to. */
  readonly note: (path: string, stats: BigIntStats, digest: string) => void;
  /** Writes the notes down, if there are new ones. It is a cache: a failure is none of the caller's. */
  readonly save: () => Promise<void>;
}

/** The notes on a data folder, in `<directory>/<hash of host and folder>`: a line `<path>\t<dev:ino:size:mtime:ctime>\t<digest>` for each file. */
export function unchangedFiles(directory: string, folder: string): UnchangedFiles {
  const name = createHash("sha256").update(`${hostname()}\0${folder}`).digest("hex").slice(0, 32);
  const file = join(directory, name);
  const lines = readLines(file);
  const fresh = new Map<string, string>();
  return {
    digestOf: (path, stats) => {
      const head = headOf(path, stats);
      const line = lines.get(path);
      return line?.startsWith(head) === true ? line.slice(head.length) : undefined;
    },
    note: (path, stats, digest) => {
      if (!/[\t\n]/.test(path) && !isRecent(stats)) fresh.set(path, headOf(path, stats) + digest);
    },
    save: async () => {
      if (fresh.size === 0) return;
      for (const path of fresh.keys()) lines.delete(path);
      const text = [...lines.values(), ...fresh.values()].slice(-maxLines).join("\n");
      await replaceFile(file, text, { durable: false }).catch(() => undefined);
    },
  };
}

function headOf(path: string, { dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${path}\t${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}\t`;
}

/**
 * A change right after the stat may bear the same time: Linux' clock for files ticks every 1–10 ms, FAT's every 2 s.
 * Source: git's racy-git.txt, "Racy Git".
 */
function isRecent({ mtimeNs, ctimeNs }: BigIntStats): boolean {
  const second = 1_000_000_000n;
  const coarse = mtimeNs % second === 0n && ctimeNs % second === 0n;
  const tickMs = coarse ? 2_000 : 50;
  return Date.now() - Number(ctimeNs / 1_000_000n) < tickMs;
}

function readLines(file: string): Map<string, string> {
  const lines = new Map<string, string>();
  for (const line of readIfThere(file).split("\n"))
    lines.set(line.slice(0, line.indexOf("\t")), line);
  return lines;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
