import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { lastJson, runnable, runnableArguments, type CommandEnd } from "./copied-project.ts";

const core = path.resolve(import.meta.dirname, "../../packages/core");
const zod = path.join(core, "node_modules/zod");

/** A project made for one test, with `@runnable/core` and `zod` installed. */
export interface JobProject extends AsyncDisposable {
  readonly directory: string;
  readonly path: (name: string) => string;
  readonly write: (name: string, text: string) => Promise<void>;
  readonly read: (name: string) => Promise<string>;
  readonly has: (name: string) => boolean;
  /** `runnable …` from its sources, started in the project. */
  readonly runnable: (
    args: readonly string[],
    environment?: { readonly [name: string]: string },
  ) => Promise<CommandEnd>;
  /** `node …`, started in the project. */
  readonly node: (
    args: readonly string[],
    environment?: { readonly [name: string]: string },
  ) => Promise<CommandEnd>;
  /** The last line of `runnable run … --json`. */
  readonly run: (
    args: readonly string[],
    environment?: { readonly [name: string]: string },
  ) => Promise<unknown>;
  /** The last line of any command's `--json`. */
  readonly json: (args: readonly string[]) => Promise<unknown>;
  /** What `runs show --json` tells of a run; default the newest. */
  readonly shown: (runId?: string) => Promise<ShownRun>;
  /** Names of the files below the project that hold a text, in their name or content. Installed packages are left out. */
  readonly filesWith: (text: string) => Promise<readonly string[]>;
}

/** A run as `runs show --json` tells it: the parts that tests look at. */
export interface ShownRun {
  readonly runId: string;
  readonly state: string;
  readonly run: { readonly [key: string]: unknown };
  readonly outcome: {
    readonly [key: string]: unknown;
    readonly error?: { readonly name: string; readonly message: string };
  };
  readonly attempts: readonly { readonly outcome: { readonly cause?: string } }[];
}

/** Makes a project of these files, by path. */
export async function makeProject(files: { readonly [name: string]: string }): Promise<JobProject> {
  const directory = await realpath(await mkdtemp(path.join(tmpdir(), "runnable-project-")));
  const at = (name: string) => path.join(directory, name);
  const write = async (name: string, text: string) => {
    await mkdir(path.dirname(at(name)), { recursive: true });
    await writeFile(at(name), text);
  };
  await mkdir(at("node_modules/@runnable"), { recursive: true });
  await symlink(core, at("node_modules/@runnable/core"));
  await symlink(await realpath(zod), at("node_modules/zod"));
  const all = { "package.json": `{ "name": "project", "type": "module" }`, ...files };
  for (const [name, text] of Object.entries(all)) await write(name, text);

  return {
    directory,
    path: at,
    write,
    read: (name) => readFile(at(name), "utf8"),
    has: (name) => existsSync(at(name)),
    runnable: (args, environment) => runnable(directory, args, environment),
    node: (args, environment) => node(directory, args, environment),
    run: async (args, environment) =>
      lastJson(await runnable(directory, ["run", ...args, "--json"], environment)),
    json: async (args) => lastJson(await runnable(directory, [...args, "--json"])),
    shown: (runId = "latest") => show(directory, runId),
    filesWith: (text) => filesWith(directory, text),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

function node(
  directory: string,
  args: readonly string[],
  environment: { readonly [name: string]: string } = {},
): Promise<CommandEnd> {
  const [program, , options] = runnableArguments(directory, [], environment);
  const limits = { timeout: 60_000, killSignal: "SIGKILL" } as const;
  return new Promise((resolve) => {
    const child = execFile(program, args, { ...options, ...limits }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

async function show(directory: string, runId: string): Promise<ShownRun> {
  const end = await runnable(directory, ["runs", "show", runId, "--json"]);
  if (end.code === 0) return JSON.parse(end.stdout) as ShownRun;
  throw new Error(`runs show ended with ${end.code}: ${end.stderr}`);
}

/** Names of the files below a directory that hold a text, in their name or content; relative to it. */
export async function filesWith(directory: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .map((entry) => ({ entry, file: path.join(entry.parentPath, entry.name) }))
    .filter(({ file }) => !file.startsWith(path.join(directory, "node_modules")));
  const found = await Promise.all(
    files.map(async ({ entry, file }) => {
      const content = entry.isFile() ? await readFile(file) : Buffer.alloc(0);
      return file.includes(text) || content.includes(text) ? [path.relative(directory, file)] : [];
    }),
  );
  return found.flat();
}
