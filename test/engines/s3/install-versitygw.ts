import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";

import { cacheDirectory } from "../../support/cache-directory.ts";
import { mustRun, runProgram } from "../../support/run-program.ts";
import { withLock } from "../../support/with-lock.ts";

const version = "1.8.0";
const module = "github.com/versity/versitygw/cmd/versitygw";
/** 80 s on a quiet machine with nothing in Go's caches. */
const installMs = 540_000;

/** The program of an S3 server, built by Go and kept for later test runs; undefined where there is no Go to build it. */
export async function installVersitygw(): Promise<string | undefined> {
  const directory = path.join(cacheDirectory(), `versitygw-${version}`);
  const program = path.join(directory, "versitygw");
  if (existsSync(program)) return program;
  if (!(await hasGo(cacheDirectory()))) return undefined;
  await withLock(`${directory}.lock`, 2 * installMs, async () => {
    if (!existsSync(program)) await install(directory);
  });
  return program;
}

async function install(directory: string): Promise<void> {
  const aside = `${directory}.making`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  await mustRun(["go", "install", "-ldflags=-s -w", `${module}@v${version}`], {
    cwd: aside,
    env: { ...process.env, GOBIN: aside, CGO_ENABLED: "0" },
    timeoutMs: installMs,
  });
  await rename(aside, directory);
}

async function hasGo(cwd: string): Promise<boolean> {
  const asked = runProgram(["go", "version"], { cwd, timeoutMs: 30_000, env: process.env });
  const end = await asked.catch(() => undefined);
  return end?.code === 0;
}
