import { execFile } from "node:child_process";
import { cp, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const bin = path.join(root, "packages/cli/src/bin.ts");
const leftBehind = new Set(["node_modules", ".catalog", ".run_log_store", ".runnable", "test"]);

/** How a command ended. */
export interface CommandEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = { readonly [name: string]: string };

/** A copy of a workspace project in a directory of its own, with the packages of the original. */
export interface CopiedProject extends AsyncDisposable {
  readonly directory: string;
  readonly path: (name: string) => string;
  /** Writes a job file; `@runnable/core` is imported for it. */
  readonly write: (name: string, text: string) => Promise<void>;
  /** `runnable` from its sources, started in the copy. */
  readonly runnable: (args: readonly string[], environment?: Environment) => Promise<CommandEnd>;
}

/** Copies a project, for example `examples/shell`. */
export async function copyProject(name: string): Promise<CopiedProject> {
  const directory = await realpath(await mkdtemp(path.join(tmpdir(), "runnable-copy-")));
  const original = path.join(root, name);
  await cp(original, directory, {
    recursive: true,
    filter: (source) => !leftBehind.has(path.relative(original, source)),
  });
  await symlink(path.join(original, "node_modules"), path.join(directory, "node_modules"));
  const inCopy = (file: string): string => path.join(directory, file);
  return {
    directory,
    path: inCopy,
    write: (file, text) => writeFile(inCopy(file), `${imports}\n${text}\n`),
    runnable: (args, environment) => runnable(directory, args, environment),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

const imports = `import { defineJob, scriptJob, shellJob } from "@runnable/core";`;

/** Runs `runnable` from its sources to its end, 60 s at most. */
export function runnable(
  directory: string,
  args: readonly string[],
  environment: Environment = {},
): Promise<CommandEnd> {
  const [program, argv, options] = runnableArguments(directory, args, environment);
  const limits = { timeout: 60_000, killSignal: "SIGKILL" } as const;
  return new Promise((resolve) => {
    const child = execFile(program, argv, { ...options, ...limits }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

/** Program, arguments and options for `spawn`; no more of the environment than the command needs. */
export function runnableArguments(
  directory: string,
  args: readonly string[],
  environment: Environment = {},
): [string, string[], { cwd: string; env: { [name: string]: string } }] {
  const env = { PATH: searchPath(), HOME: directory, ...environment };
  return [process.execPath, [bin, ...args], { cwd: directory, env }];
}

/** The last line of `--json`. */
export function lastJson({ stdout, stderr }: CommandEnd): unknown {
  const line = stdout.trimEnd().split("\n").at(-1) ?? "";
  if (line.startsWith("{") || line.startsWith("[")) return JSON.parse(line);
  throw new Error(`no JSON in the output:\n${stdout}${stderr}`);
}

function searchPath(): string {
  return [path.dirname(process.execPath), process.env["PATH"] ?? ""].join(path.delimiter);
}
