import { readFileSync, type Stats } from "node:fs";

import { replaceFile } from "../files/replace-file.ts";

/** Notes on files, from one put to the next: what has not changed since costs a stat. */
export interface UnchangedFiles {
  /** What was noted of a file, if it still looks the same. */
  readonly noteOf: (path: string, look: string) => string | undefined;
  /** Notes something of a file by how it looked before it was read. */
  readonly note: (look: string, text: string) => void;
  /** Puts the new notes in the place of the former ones. They are a cache: a failure to write is none of the caller's. */
  readonly save: () => Promise<void>;
}

/** How a file looks: `<path>\t<device:inode:size:modification:change>\t`, times in ms with fractions. It changes with the file's bytes. */
export function lookOf(path: string, { dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return `${path}\t${dev}:${ino}:${size}:${mtimeMs}:${ctimeMs}\t`;
}

/**
 * Whether a change right after the stat might bear the same time: Linux' clock for files ticks every 1–10 ms, FAT's every 2 s.
 * Of such a file nothing may be noted. Source: git's racy-git.txt.
 */
export function isRecent({ mtimeMs, ctimeMs }: Stats): boolean {
  const isCoarse = mtimeMs % 1000 === 0 && ctimeMs % 1000 === 0;
  return Date.now() - ctimeMs < (isCoarse ? 2_000 : 50);
}

/** The notes in a file: a line for each, its look and what was noted. */
export function unchangedFiles(file: string): UnchangedFiles {
  const former = readIfThere(file);
  const fresh: string[] = [];
  // Mostly the same files come in the same order: then the next line is the one, and no table of all lines is needed.
  let next = 0;
  let starts: Map<string, number> | undefined;
  return {
    noteOf: (path, look) => {
      if (!former.startsWith(look, next)) {
        starts ??= lineStarts(former);
        next = starts.get(path) ?? next;
        if (!former.startsWith(look, next)) return undefined;
      }
      const start = next + look.length;
      next = former.indexOf("\n", start) + 1;
      return former.slice(start, next - 1);
    },
    note: (look, text) => {
      if (!look.includes("\n")) fresh.push(`${look}${text}\n`);
    },
    save: async () => {
      const text = fresh.join("");
      if (text !== former) await replaceFile(file, text, { durable: false }).catch(() => undefined);
    },
  };
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
