import { readFileSync, type BigIntStats } from "node:fs";

import { replaceFile } from "../files/replace-file.ts";

/** Notes on files, from one put to the next: what has not changed since costs a stat. */
export interface UnchangedFiles {
  /** What was noted of a file, if it is still what it was: same device, inode, size, modification and change time. */
  readonly noteOf: (path: string, stats: BigIntStats) => string | undefined;
  /** Notes something of a file; `stats` were taken before it was read. */
  readonly note: (path: string, stats: BigIntStats, text: string) => void;
  /** Puts the new notes in the place of the former ones. They are a cache: a failure to write is none of the caller's. */
  readonly save: () => Promise<void>;
}

/** The notes in a file: a line `<path>\t<dev:ino:size:mtime:ctime>\t<note>` each. */
export function unchangedFiles(file: string): UnchangedFiles {
  const former = readIfThere(file);
  const fresh: string[] = [];
  // Mostly the same files come in the same order: then the next line is the one, and no table of all lines is needed.
  let next = 0;
  let starts: Map<string, number> | undefined;
  return {
    noteOf: (path, stats) => {
      const head = headOf(path, stats);
      if (!former.startsWith(head, next)) {
        starts ??= lineStarts(former);
        next = starts.get(path) ?? next;
        if (!former.startsWith(head, next)) return undefined;
      }
      const start = next + head.length;
      next = former.indexOf("\n", start) + 1;
      return former.slice(start, next - 1);
    },
    note: (path, stats, text) => {
      if (!/[\t\n]/.test(path)) fresh.push(`${headOf(path, stats)}${text}\n`);
    },
    save: async () => {
      const text = fresh.join("");
      if (text !== former) await replaceFile(file, text, { durable: false }).catch(() => undefined);
    },
  };
}

/**
 * Whether a change right after the stat might bear the same time: Linux' clock for files ticks every 1–10 ms, FAT's every 2 s.
 * Of such a file nothing may be noted. Source: git's racy-git.txt.
 */
export function isRecent({ mtimeNs, ctimeNs }: BigIntStats): boolean {
  const second = 1_000_000_000n;
  const coarse = mtimeNs % second === 0n && ctimeNs % second === 0n;
  return Date.now() - Number(ctimeNs / 1_000_000n) < (coarse ? 2_000 : 50);
}

function headOf(path: string, { dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${path}\t${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}\t`;
}

function lineStarts(text: string): Map<string, number> {
  const starts = new Map<string, number>();
  for (let start = 0; start < text.length; start = text.indexOf("\n", start) + 1) {
    starts.set(text.slice(start, text.indexOf("\t", start)), start);
  }
  return starts;
}

function readIfThere(file: string): string {
  try {
    const text = readFileSync(file, "utf8");
    return text.endsWith("\n") ? text : "";
  } catch {
    return "";
  }
}
