import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { cacheDirectory } from "../support/cache-directory.ts";
import { mustRun } from "../support/run-program.ts";
import { withLock } from "../support/with-lock.ts";

/** Exact versions: what a test proves must not change by itself. */
const versions = {
  npm: "11.21.2",
  pnpm: "12.21.0",
  "@yarnpkg/cli-dist": "4.18.1",
  bun: "1.4.5",
} as const;

const installMs = 180_000;

/** Directory with the commands npm, pnpm, yarn and bun, all from npm; kept for later test runs. */
export async function packageManagers(): Promise<string> {
  const name = Object.values(versions).join("-");
  const directory = path.join(cacheDirectory(), `managers-${name}`);
  await withLock(`${directory}.lock`, 2 * installMs, async () => {
    if (!existsSync(directory)) await install(directory);
  });
  return path.join(directory, "node_modules/.bin");
}

async function install(directory: string): Promise<void> {
  const aside = `${directory}.making`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  await writeFile(path.join(aside, "package.json"), `{ "private": true }\n`);
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  await mustRun(["npm", "install", "--no-audit", "--no-fund", ...wanted], {
    cwd: aside,
    env: process.env,
    timeoutMs: installMs,
  });
  await rename(aside, directory);
}
