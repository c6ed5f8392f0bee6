import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Sources, and what is published of them where package managers put it. */
const isInstalled = /\.ts$|\/@runnable\/core\/dist\//u;

/** Files at the top of what is published; chunks lie one folder below. */
const published = ["run.mjs", "run-job.js"];

/**
 * Absolute path of the one file that holds this code together with a user's program: somebody bundled both. Undefined where core
 * is a package of its own.
 */
export function bundledProgram(): string | undefined {
  if (isInstalled.test(import.meta.url)) return undefined;
  const file = fileURLToPath(import.meta.url);
  const folders = [path.dirname(file), path.dirname(path.dirname(file))];
  // A package that is linked has any name.
  const isLinked = folders.some((folder) =>
    published.every((name) => existsSync(path.join(folder, name))),
  );
  return isLinked ? undefined : file;
}
