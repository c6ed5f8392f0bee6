import { constants } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path from "node:path";

import { npmInstall, packedPackages } from "../support/packed-packages.ts";
import {
  mustRun,
  runProgram,
  type ProgramEnd,
  type ProgramOptions,
} from "../support/run-program.ts";
import { startProgram, type StartedProgram } from "../support/start-program.ts";

const commandMs = 60_000;
const installMs = 120_000;

/** An empty project somewhere, with our packed packages installed by npm. */
export interface PackedProject extends AsyncDisposable {
  readonly directory: string;
  readonly path: (...parts: readonly string[]) => string;
  /** Writes files by path. */
  readonly write: (files: Files) => Promise<void>;
  readonly readJson: (file: string) => Promise<unknown>;
  /** `npm install` of more: tarballs, or directories to pack first. */
  readonly install: (...packages: readonly string[]) => Promise<void>;
  /** `npx runnable …args`, 60 s at most. */
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<ProgramEnd>;
  /** A line for `sh`, started in the project; it finds what npm finds. */
  readonly shell: (line: string) => Promise<ProgramEnd>;
  /** The same as `run`, under way. */
  readonly start: (args: readonly string[], options?: RunOptions) => StartedProgram;
}

/** Content by path. */
export interface Files {
  readonly [path: string]: string;
}

/** How a command is run. */
export interface RunOptions {
  /** Relative to the project. */
  readonly cwd?: string;
  readonly env?: { readonly [name: string]: string };
}

/** Makes a project of these files. Its packages are a copy, which a test may add to. */
export async function installProject(files: Files = {}): Promise<PackedProject> {
  const { modules } = await packedPackages();
  const directory = await realpath(await mkdtemp(path.join(tmpdir(), "runnable-e2e-")));
  const at = (...parts: readonly string[]) => path.join(directory, ...parts);
  const copy = { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE };
  await cp(modules, at("node_modules"), copy);
  const project: PackedProject = {
    directory,
    path: at,
    write: (more) => writeFiles(directory, more),
    readJson: async (file) => JSON.parse(await readFile(at(file), "utf8")) as unknown,
    install: (...packages) => install(directory, packages),
    run: (args, options) => runProgram(argvOf(directory, args), means(directory, options)),
    shell: (line) => runProgram(["sh", "-c", line], means(directory, { env: { HOME: homedir() } })),
    start: (args, options) => startProgram(argvOf(directory, args), means(directory, options)),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
  await project.write({ "package.json": JSON.stringify(manifest), ...files });
  return project;
}

const manifest = {
  name: "project",
  private: true,
  type: "module",
  dependencies: { "@runnable/cli": "*", "@runnable/core": "*", "@runnable/plugin": "*" },
};

function argvOf(directory: string, args: readonly string[]): readonly string[] {
  return [process.execPath, path.join(directory, "node_modules/.bin/runnable"), ...args];
}

/** No more of the environment than the command needs. */
function means(directory: string, { cwd = ".", env = {} }: RunOptions = {}): ProgramOptions {
  return {
    cwd: path.join(directory, cwd),
    env: { PATH: searchPath(), HOME: directory, ...env },
    timeoutMs: commandMs,
  };
}

async function writeFiles(directory: string, files: Files): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

async function install(directory: string, packages: readonly string[]): Promise<void> {
  const options = { cwd: directory, env: process.env, timeoutMs: installMs };
  const tarballs = await Promise.all(
    packages.map(async (name) => {
      if (name.endsWith(".tgz")) return name;
      return path.join(directory, (await mustRun(["npm", "pack", name], options)).trim());
    }),
  );
  await mustRun([...npmInstall, ...tarballs], options);
}

/** The Node of the tests first. */
function searchPath(): string {
  return [path.dirname(process.execPath), process.env["PATH"] ?? ""].join(path.delimiter);
}
