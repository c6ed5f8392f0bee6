import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { cacheDirectory } from "./cache-directory.ts";
import type { Command } from "./timed-process.ts";

/** The Python tool of the same name, on PyPI. */
const version = "0.50.0";
const installMs = 600_000;

/** Upstream, or why it is not there. */
export type Upstream =
  | { readonly version: string; readonly python: string }
  | { readonly version?: undefined; readonly missing: string };

/** Upstream in a virtual environment of its own, installed by the first bench. */
export function findUpstream(): Upstream {
  const venv = path.join(cacheDirectory(), `upstream-${version}`);
  const python = path.join(venv, "bin/python");
  if (canImport(python)) return { version, python };
  rmSync(venv, { recursive: true, force: true });
  process.stderr.write(`installing runnable ${version} from PyPI into ${venv} …\n`);
  const problem =
    failureOf("python3", ["-m", "venv", venv]) ??
    failureOf(python, ["-m", "pip", "install", "--quiet", `runnable==${version}`]);
  if (problem === undefined && canImport(python)) return { version, python };
  return { missing: problem ?? `${python} can't import it` };
}

/**
 * A job of upstream as a script in `directory`; `body` is Python that names `job`. `undefined` where upstream is missing.
 */
export function upstreamJob(
  upstream: Upstream,
  directory: string,
  body: string,
): Command | undefined {
  if (upstream.version === undefined) return undefined;
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, "job.py"), scriptOf(body));
  // Without the variable each start prints a long notice.
  const env = { LOGFIRE_IGNORE_NO_CONFIG: "1" };
  return { argv: [upstream.python, "job.py"], cwd: directory, env };
}

/** Upstream finds a job again by calling the function that executed it. */
function scriptOf(body: string): string {
  return `
from runnable import Catalog, PythonJob, ShellJob

def nothing():
    pass

def double(n: int):
    return n * 2

def main():
    ${body}
    job.execute()
    return job

if __name__ == "__main__":
    main()
`;
}

function canImport(python: string): boolean {
  return existsSync(python) && failureOf(python, ["-c", "import runnable"]) === undefined;
}

function failureOf(program: string, args: readonly string[]): string | undefined {
  const { status, error, stderr } = spawnSync(program, args, {
    timeout: installMs,
    encoding: "utf8",
    env: { ...process.env, LOGFIRE_IGNORE_NO_CONFIG: "1" },
  });
  if (status === 0) return undefined;
  const said = error?.message ?? stderr.trim().split("\n").at(-1) ?? "";
  return `${path.basename(program)} ${args.join(" ")}: ${said || `status ${status}`}`;
}
