import { spawn } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { root } from "./page.ts";

const bin = path.join(root, "packages/cli/src/bin.ts");
const limitMs = 20_000;

/** How a line of a shell block ended. */
export interface LineEnd {
  readonly code: number | null;
  /** Standard output and error as they came. */
  readonly output: string;
}

/** A directory in which the blocks of a page come true, one after another. */
export interface PageProject extends AsyncDisposable {
  readonly directory: string;
  readonly write: (file: string, text: string) => Promise<void>;
  readonly sh: (line: string) => Promise<LineEnd>;
}

/** A project with the executor of examples/project-executor, that can import `@runnable/core`, `@runnable/plugin`, `@runnable/local` and zod, and run `runnable`. */
export async function createPageProject(): Promise<PageProject> {
  const top = await realpath(await mkdtemp(path.join(tmpdir(), "runnable-docs-")));
  const directory = path.join(top, "my-project");
  for (const folder of ["packages/core", "packages/plugin", "plugins/local"]) {
    const name = `@runnable/${path.basename(folder)}`;
    await link(path.join(root, folder), path.join(directory, "node_modules", name));
  }
  await link(
    await realpath(path.join(root, "packages/core/node_modules/zod")),
    path.join(directory, "node_modules/zod"),
  );
  await cp(
    path.join(root, "examples/project-executor/executors"),
    path.join(directory, "executors"),
    {
      recursive: true,
    },
  );
  await writeFile(path.join(directory, "package.json"), `{ "type": "module" }\n`);
  await writeTool(top, "runnable", `exec "${process.execPath}" "${bin}" "$@"`);
  await writeTool(top, "node", `exec "${process.execPath}" "$@"`);
  const env = { PATH: `${path.join(top, "bin")}:${process.env["PATH"] ?? ""}`, HOME: top };
  return {
    directory,
    write: async (file, text) => {
      const target = path.join(directory, file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, text);
    },
    sh: (line) => run(line, { cwd: directory, env }),
    [Symbol.asyncDispose]: () => rm(top, { recursive: true, force: true }),
  };
}

async function link(target: string, at: string): Promise<void> {
  await mkdir(path.dirname(at), { recursive: true });
  await symlink(target, at);
}

async function writeTool(top: string, name: string, command: string): Promise<void> {
  const file = path.join(top, "bin", name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${command}\n`);
  await chmod(file, 0o755);
}

function run(
  line: string,
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<LineEnd> {
  const child = spawn("sh", ["-c", line], { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const timer = setTimeout(() => child.kill("SIGKILL"), limitMs);
  return new Promise((resolve) => {
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ code, output });
    });
  });
}
