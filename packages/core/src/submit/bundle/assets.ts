import { readdirSync, statSync } from "node:fs";
import path from "node:path";

/** What lies at a place that a module names. */
export type AssetKind = "module" | "file" | "directory";

const moduleFile = /(?<!\.d)\.[cm]?[jt]s$/u;
const skipped: ReadonlySet<string> = new Set(["node_modules", ".git", ".runnable"]);

/** What is at a path: JavaScript or TypeScript is a module, since it may import (declarations are not); undefined when nothing is there. */
export function assetKind(file: string): AssetKind | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return "directory";
  if (stats?.isFile() !== true) return undefined;
  return moduleFile.test(file) ? "module" : "file";
}

/** Every file below a directory, absolute and sorted, but for `node_modules`, `.git` and `.runnable`. */
export function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(directory, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesBelow(file);
      return entry.isFile() ? [file] : [];
    });
}
