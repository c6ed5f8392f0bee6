import { randomFillSync } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import path from "node:path";

import { cacheDirectory } from "./cache-directory.ts";

/** Files to keep: a directory of random bytes, made once. */
export interface DataSet {
  readonly name: "one file of 1 GiB" | "5,000 files of 10 KB";
  readonly directory: string;
}

const large = 1024 ** 3;
const block = 64 * 1024 ** 2;
const smallFiles = 5000;
const smallBytes = 10_000;
/** A file that was just written may change again within its time stamp; these can't be so taken. */
const written = new Date(Date.UTC(2026, 0, 1));

export function dataSets(): readonly DataSet[] {
  return [
    { name: "one file of 1 GiB", directory: madeOnce("large", writeLarge) },
    { name: "5,000 files of 10 KB", directory: madeOnce("small", writeSmall) },
  ];
}

function madeOnce(name: string, make: (directory: string) => void): string {
  const directory = path.join(cacheDirectory(), `data-${name}`);
  if (existsSync(directory)) return directory;
  const unfinished = `${directory}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  make(unfinished);
  renameSync(unfinished, directory);
  return directory;
}

function writeLarge(directory: string): void {
  const file = path.join(directory, "large.bin");
  const descriptor = openSync(file, "w");
  for (let at = 0; at < large; at += block) {
    writeSync(descriptor, randomFillSync(Buffer.alloc(block)));
  }
  closeSync(descriptor);
  utimesSync(file, written, written);
}

function writeSmall(directory: string): void {
  for (let index = 0; index < smallFiles; index += 1) {
    const file = path.join(
      directory,
      `${String(index % 10)}/${String(index).padStart(4, "0")}.bin`,
    );
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, randomFillSync(Buffer.alloc(smallBytes)));
    utimesSync(file, written, written);
  }
}
