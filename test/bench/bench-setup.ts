import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { packedPackages } from "../support/packed-packages.ts";
import { cacheDirectory } from "./cache-directory.ts";
import type { Command } from "./timed-process.ts";
import { findUpstream, type Upstream } from "./upstream.ts";

/** What the rows measure with. */
export interface Bench extends AsyncDisposable {
  /** The Node that runs ours and the bare peer. */
  readonly node: string;
  readonly upstream: Upstream;
  /** `node_modules` with the packed packages. */
  readonly modules: string;
  /** A directory on a disk, not in memory: what is written is fsynced. Removed at the end. */
  readonly scratch: string;
  /** A new project, a git repository with everything committed, that has the packed packages. */
  readonly project: (name: string, files: { readonly [name: string]: string }) => Project;
}

/** A directory to run jobs in. */
export interface Project {
  readonly directory: string;
  /** `runnable …args`, as `npx` would start it. */
  readonly runnable: (...args: readonly string[]) => Command;
}

/** Packs and installs what is published, finds upstream. */
export async function openBench(): Promise<Bench> {
  const upstream = findUpstream();
  const { modules } = await packedPackages();
  const scratch = mkdtempSync(path.join(cacheDirectory(), "scratch-"));
  return {
    node: process.execPath,
    upstream,
    modules,
    scratch,
    project: (name, files) =>
      createProject({ directory: path.join(scratch, name), modules, files }),
    [Symbol.asyncDispose]: async () => rmSync(scratch, { recursive: true, force: true }),
  };
}

interface ProjectParts {
  readonly directory: string;
  readonly modules: string;
  readonly files: { readonly [name: string]: string };
}

function createProject({ directory, modules, files }: ProjectParts): Project {
  const dependencies = { "@runnable/cli": "*", "@runnable/core": "*" };
  const manifest = { name: path.basename(directory), private: true, type: "module", dependencies };
  write(directory, {
    "package.json": JSON.stringify(manifest),
    ".gitignore": "data\nnode_modules\n.run_log_store\nupstream\n.catalog\n.runnable\n",
    ...files,
  });
  symlinkSync(modules, path.join(directory, "node_modules"));
  git(directory, "init", "--quiet");
  git(directory, "add", ".");
  git(
    directory,
    "-c",
    "user.name=bench",
    "-c",
    "user.email=bench@localhost",
    "commit",
    "-qm",
    "all",
  );
  const bin = path.join(modules, "@runnable/cli/dist/bin.js");
  return {
    directory,
    runnable: (...args) => ({ argv: [process.execPath, bin, ...args], cwd: directory }),
  };
}

function write(directory: string, files: { readonly [name: string]: string }): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function git(cwd: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync("git", args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
}
