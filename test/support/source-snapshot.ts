import { createHash } from "node:crypto";
import { cp, glob, lstat, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const parts = ["packages", "plugins", "scripts"] as const;
const files = [
  "package.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "tsconfig.base.json",
] as const;
/** What is built, tested or kept beside sources. Links to packages come along. */
const leftOut = /[\\/](?:dist|test|\.cache)(?:[\\/]|$)/u;

/** The sources of our packages as they are at one moment, able to be built. */
export interface SourceSnapshot extends AsyncDisposable {
  readonly directory: string;
  /** Of all paths and contents, 16 hex digits. */
  readonly digest: string;
}

/** Copies the sources below a directory, so that what is built is what was digested, also while somebody edits. */
export async function takeSnapshot(parent: string): Promise<SourceSnapshot> {
  const directory = await mkdtemp(path.join(parent, "snapshot-"));
  for (const part of [...parts, ...files]) {
    await cp(path.join(root, part), path.join(directory, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !leftOut.test(source.slice(root.length)),
    });
  }
  const digest = await digestOf(directory);
  await symlink(path.join(root, "node_modules"), path.join(directory, "node_modules"));
  return {
    directory,
    digest,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

async function digestOf(directory: string): Promise<string> {
  const hash = createHash("sha256").update(process.version);
  const found = await Array.fromAsync(glob("**/*", { cwd: directory }));
  for (const name of found.toSorted()) {
    const file = path.join(directory, name);
    if (!(await lstat(file)).isFile()) continue;
    hash.update(`\0${name}\0`).update(await readFile(file));
  }
  return hash.digest("hex").slice(0, 16);
}
