import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { cacheDirectory } from "../../support/cache-directory.ts";
import { mustRun } from "../../support/run-program.ts";
import { withLock } from "../../support/with-lock.ts";

const version = "6.10.4";
const installMs = 180_000;

/** Directory that verdaccio is installed in, from npm; kept for later test runs. */
export async function installVerdaccio(): Promise<string> {
  const directory = path.join(cacheDirectory(), `verdaccio-${version}`);
  await withLock(`${directory}.lock`, 2 * installMs, async () => {
    if (!existsSync(directory)) await install(directory);
  });
  return directory;
}

async function install(directory: string): Promise<void> {
  const aside = `${directory}.making`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  // A dependency asks for `node-fetch@cjs`, a tag that not every mirror of npm knows.
  const manifest = { private: true, overrides: { "node-fetch": "2.7.0" } };
  await writeFile(path.join(aside, "package.json"), JSON.stringify(manifest));
  await mustRun(
    ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", `verdaccio@${version}`],
    { cwd: aside, env: process.env, timeoutMs: installMs },
  );
  await rename(aside, directory);
}
