import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A project in a directory of its own that can import `@runnable/core/job` and zod. */
export interface TemporaryProject extends AsyncDisposable {
  readonly directory: string;
  readonly path: (name: string) => string;
}

const core = join(import.meta.dirname, "../..");

/** Writes files by their relative paths. */
export async function temporaryProject(files: {
  readonly [path: string]: string;
}): Promise<TemporaryProject> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), "runnable-test-")));
  const path = (name: string) => join(directory, name);
  const all = { "package.json": `{ "type": "module" }`, ...files };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(path(name)), { recursive: true });
    await writeFile(path(name), text);
  }
  await mkdir(path("node_modules/@runnable"), { recursive: true });
  await symlink(core, path("node_modules/@runnable/core"));
  await symlink(await realpath(join(core, "node_modules/zod")), path("node_modules/zod"));
  return {
    directory,
    path,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

/** What a Node process printed, and its exit code. */
export interface ProcessEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a file by Node in a directory. */
export function runNode(
  argv: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, argv, options, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}
