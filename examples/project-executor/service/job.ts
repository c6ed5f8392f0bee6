import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, openSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** A command as a client asks for it. */
export interface JobRequest {
  readonly queue: string;
  readonly argv: readonly [string, ...string[]];
  readonly env: { readonly [name: string]: string };
  readonly input: string;
}

/** What a client may know of a job. */
export interface JobState {
  readonly state: "queued" | "running" | "ended";
  readonly exitCode?: number;
  readonly signal?: string;
}

/** A job of the service: a directory, and the process that runs in it. */
export interface Job {
  readonly directory: string;
  /** File that holds the output. */
  readonly output: string;
  request: JobRequest | undefined;
  state: JobState;
  process?: ChildProcess;
}

/** A job that waits for its files and its command. */
export function createJob(directory: string): Job {
  const output = path.join(directory, "output");
  return { directory, output, request: undefined, state: { state: "queued" } };
}

/** Runs the job's command in its directory; resolves when it has ended. */
export async function runJob(job: Job): Promise<void> {
  const { request } = job;
  if (!request || job.state.state === "ended") return;
  const [program, ...args] = request.argv;
  await mkdir(job.directory, { recursive: true });
  const output = openSync(job.output, "a");
  const child = spawn(program, args, {
    cwd: job.directory,
    env: { PATH: searchPath(), HOME: job.directory, ...request.env },
    stdio: ["pipe", output, output],
    detached: true,
  });
  job.process = child;
  job.state = { state: "running" };
  // A command that doesn't read its input closes it.
  child.stdin?.on("error", () => {}).end(request.input);
  job.state = await new Promise<JobState>((resolve) => {
    child.once("error", () => resolve({ state: "ended", exitCode: 127 }));
    child.once("exit", (exitCode, signal) =>
      resolve({
        state: "ended",
        ...(exitCode === null ? {} : { exitCode }),
        ...(signal ? { signal } : {}),
      }),
    );
  });
}

// The Node that runs the service comes first.
function searchPath(): string {
  return [path.dirname(process.execPath), process.env["PATH"] ?? ""].join(path.delimiter);
}

/** Asks the job to stop, kills it when it has not after the grace. */
export function stopJob(job: Job, graceSeconds: number): void {
  const { process: child } = job;
  if (!child) {
    job.state = { state: "ended", signal: "SIGTERM" };
    return;
  }
  signalGroup(child, "SIGTERM");
  setTimeout(() => signalGroup(child, "SIGKILL"), graceSeconds * 1000 + 2000).unref();
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, signal);
}

/** Keeps a file of the job. */
export async function keepFile(job: Job, name: string, bytes: Readable): Promise<void> {
  const target = pathIn(job, name);
  await mkdir(path.dirname(target), { recursive: true });
  await pipeline(bytes, createWriteStream(target));
}

/** Names of all files below a directory of the job. */
export async function listFiles(job: Job, below: string): Promise<readonly string[]> {
  const entries = await readdir(pathIn(job, below), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) =>
    path.relative(job.directory, path.join(entry.parentPath, entry.name)),
  );
}

/** The absolute path of a job's file. @throws when it would leave the job's directory. */
export function pathIn(job: Job, name: string): string {
  const target = path.resolve(job.directory, name);
  if (target.startsWith(`${job.directory}${path.sep}`)) return target;
  throw new Error(`${name} is not in the job's directory`);
}
