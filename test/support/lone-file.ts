import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { runProgram, type ProgramEnd } from "./run-program.ts";

/** A directory that holds one file. */
export interface LoneFile extends AsyncDisposable {
  readonly directory: string;
  readonly path: (name: string) => string;
  readonly node: (args: readonly string[]) => Promise<ProgramEnd>;
}

/** An empty directory, far from any node_modules, with a copy of one file. */
export async function directoryWith(file: string): Promise<LoneFile> {
  const directory = await realpath(await mkdtemp(path.join(tmpdir(), "runnable-alone-")));
  const at = (name: string) => path.join(directory, name);
  await writeFile(at(path.basename(file)), await readFile(file));
  return {
    directory,
    path: at,
    node: (args) =>
      runProgram([process.execPath, ...args], {
        cwd: directory,
        env: { PATH: process.env["PATH"] ?? "", HOME: directory },
        timeoutMs: 100_000,
      }),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
