import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";

import { mustRun, type ProgramOptions } from "./run-program.ts";
import { takeSnapshot, type SourceSnapshot } from "./source-snapshot.ts";
import { withLock } from "./with-lock.ts";

/** Outside of the repository, whose packages would be found by looking upwards. */
const cache = path.join(tmpdir(), `runnable-packed-${userInfo().uid}`);
const buildMs = 120_000;
const keptMs = 24 * 60 * 60 * 1000;

/** Our packages as they would be published. */
export interface PackedPackages {
  /** Directory with a `.tgz` for each. */
  readonly tarballs: string;
  /** `node_modules` as npm made it of them, on its own; to be copied or linked, not to be changed. */
  readonly modules: string;
}

let packed: Promise<PackedPackages> | undefined;

/** Builds, packs and installs the packages from their sources as they are now; kept for the next process until a source changes. */
export function packedPackages(): Promise<PackedPackages> {
  packed ??= findOrMake();
  return packed;
}

async function findOrMake(): Promise<PackedPackages> {
  await mkdir(cache, { recursive: true, mode: 0o700 });
  await using snapshot = await takeSnapshot(cache);
  const directory = path.join(cache, snapshot.digest);
  await withLock(`${directory}.lock`, 2 * buildMs, async () => {
    if (existsSync(directory)) return;
    await removeOld();
    await make(snapshot, directory);
  });
  return partsOf(directory);
}

async function make({ directory: sources }: SourceSnapshot, target: string): Promise<void> {
  const aside = await mkdtemp(path.join(cache, "making-"));
  const { tarballs, project } = partsOf(aside);
  await mkdir(project, { recursive: true });
  await mustRun([process.execPath, "scripts/build.ts", "--code-only"], means(sources));
  const filters = ["--filter", "./packages/*", "--filter", "./plugins/*"];
  await mustRun(
    [...pnpm(), "-r", ...filters, "pack", "--pack-destination", tarballs],
    means(sources),
  );
  await writeFile(path.join(project, "package.json"), `{ "name": "packed", "private": true }\n`);
  const files = (await readdir(tarballs)).map((name) => path.join(tarballs, name));
  await mustRun([...npmInstall, ...files], means(project));
  await rename(aside, target);
}

/** `npm install`, quiet, and from npm's own cache where it can. */
export const npmInstall: readonly string[] = [
  "npm",
  "install",
  "--no-audit",
  "--no-fund",
  "--prefer-offline",
  "--no-package-lock",
];

function partsOf(directory: string): PackedPackages & { readonly project: string } {
  const project = path.join(directory, "project");
  return {
    tarballs: path.join(directory, "tarballs"),
    project,
    modules: path.join(project, "node_modules"),
  };
}

function means(cwd: string): ProgramOptions {
  return { cwd, env: process.env, timeoutMs: buildMs };
}

/** Scripts that pnpm started find it on their path. */
function pnpm(): readonly string[] {
  const agent = process.env["npm_config_user_agent"] ?? "";
  return agent.startsWith("pnpm/") ? ["pnpm"] : ["npx", "-y", "pnpm@12"];
}

async function removeOld(): Promise<void> {
  for (const name of await readdir(cache)) {
    const found = await stat(path.join(cache, name)).catch(() => undefined);
    const isOld = found !== undefined && Date.now() - found.mtimeMs > keptMs;
    if (isOld) await rm(path.join(cache, name), { recursive: true, force: true });
  }
}
