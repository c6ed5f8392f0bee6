import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** Files that are opened, in order, each as often as it is, while something runs. */
export function filesOpened(run: () => void): readonly string[] {
  const opened: string[] = [];
  const { readFileSync, openSync } = fs;
  fs.readFileSync = ((file: fs.PathOrFileDescriptor, options: never) => {
    const before = opened.length;
    const bytes = readFileSync(file, options);
    // Some encodings open by themselves, others call `openSync`.
    if (opened.length === before) opened.push(String(file));
    return bytes;
  }) as typeof fs.readFileSync;
  fs.openSync = (file, flags, mode) => {
    const descriptor = openSync(file, flags, mode);
    opened.push(String(file));
    return descriptor;
  };
  syncBuiltinESMExports();
  try {
    run();
    return opened;
  } finally {
    Object.assign(fs, { readFileSync, openSync });
    syncBuiltinESMExports();
  }
}
