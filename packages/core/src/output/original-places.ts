import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where lines of a bundle come from: `<bundle>.lines.json` beside it. */
export interface OriginalLines {
  /** Names of modules, relative to the project. */
  readonly sources: readonly string[];
  /** Line of the bundle, index of the source, line of the source, number of lines; lines from 1, sorted. */
  readonly runs: readonly (readonly [number, number, number, number])[];
}

/** The suffix of the file beside a bundle. */
export const originalLinesSuffix = ".lines.json";

const framePlace = /(?:file:\/\/)?\/[^\s()]+?\.mjs:\d+:\d+/gu;

/** A stack whose frames name the user's own files and lines where a bundle's are known: `at fit (lib/model.ts:12)`. */
export function withOriginalPlaces(stack: string): string {
  const known = new Map<string, OriginalLines | undefined>();
  return stack.replaceAll(framePlace, (place) => {
    const [, file = "", line = ""] = /^(.*):(\d+):\d+$/u.exec(place) ?? [];
    if (!known.has(file)) known.set(file, readLines(file));
    return originalPlace(known.get(file), Number(line)) ?? place;
  });
}

function originalPlace(lines: OriginalLines | undefined, line: number): string | undefined {
  const run = lines?.runs.findLast(([first, , , count]) => first <= line && line < first + count);
  return run === undefined ? undefined : `${lines?.sources[run[1]]}:${run[2] + line - run[0]}`;
}

function readLines(file: string): OriginalLines | undefined {
  try {
    const path = file.startsWith("file:") ? fileURLToPath(file) : file;
    return JSON.parse(readFileSync(path + originalLinesSuffix, "utf8")) as OriginalLines;
  } catch {
    return undefined;
  }
}
