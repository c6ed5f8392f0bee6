import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { cacheDirectory } from "../support/cache-directory.ts";
import { npmInstall } from "../support/packed-packages.ts";
import { mustRun } from "../support/run-program.ts";
import { withLock } from "../support/with-lock.ts";

const version = "2.0.0";
const installMs = 120_000;

/** The executable of the language server that editors use for YAML (github.com/redhat-developer/yaml-language-server), installed once a machine. */
export async function yamlLanguageServer(): Promise<string> {
  const directory = path.join(cacheDirectory(), `yaml-language-server-${version}`);
  await withLock(`${directory}.lock`, 2 * installMs, () => installInto(directory));
  return path.join(directory, "node_modules/yaml-language-server/bin/yaml-language-server");
}

async function installInto(directory: string): Promise<void> {
  if (existsSync(directory)) return;
  const aside = `${directory}.making`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  await writeFile(path.join(aside, "package.json"), `{ "private": true }\n`);
  await mustRun([...npmInstall, `yaml-language-server@${version}`], {
    cwd: aside,
    env: process.env,
    timeoutMs: installMs,
  });
  await rename(aside, directory);
}
