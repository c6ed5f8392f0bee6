import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";

import { runProgram } from "../../support/run-program.ts";
import { withLock } from "../../support/with-lock.ts";

const debian = "/usr/lib/postgresql";
const installMs = 600_000;

/** Directory of `initdb` and `postgres`, installed by apt where that is possible; undefined where there is none. */
export async function findPrograms(): Promise<string | undefined> {
  const found = (await ofDebian()) ?? onPath();
  if (found !== undefined || process.getuid?.() !== 0) return found;
  return withLock(path.join(homedir(), ".cache/runnable-tests/postgres"), installMs, async () => {
    if (!(await ofDebian())) await install();
    return ofDebian();
  });
}

/** The newest version: Debian keeps several side by side. */
async function ofDebian(): Promise<string | undefined> {
  const versions = await readdir(debian).catch(() => []);
  const newestFirst = versions.toSorted((a, b) => Number(b) - Number(a));
  const programs = newestFirst.map((version) => path.join(debian, version, "bin"));
  return programs.find((directory) => existsSync(path.join(directory, "initdb")));
}

function onPath(): string | undefined {
  const directories = (process.env["PATH"] ?? "").split(path.delimiter);
  return directories.find((directory) => existsSync(path.join(directory, "initdb")));
}

async function install(): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = { cwd: "/", env, timeoutMs: installMs };
  const apt = ["apt-get", "-q", "-y", "-o", "Dpkg::Use-Pty=0"];
  await runProgram([...apt, "update"], options).catch(() => undefined);
  const wanted = ["install", "--no-install-recommends", "postgresql", "openssl"];
  await runProgram([...apt, ...wanted], options).catch(() => undefined);
}
