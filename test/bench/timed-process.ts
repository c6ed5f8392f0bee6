import { spawn } from "node:child_process";

/** A process to time. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env?: { readonly [name: string]: string };
  /** Keeps what it prints on stdout; default false. */
  readonly keepOutput?: boolean;
}

/** How a process went. */
export interface TimedProcess {
  /** From the start to the end, with all its output read. */
  readonly ms: number;
  /** From the start to the first bytes on stdout; `undefined` if there were none. */
  readonly firstOutputMs: number | undefined;
  readonly stdoutBytes: number;
  /** Empty unless it was kept. */
  readonly stdout: string;
}

const timeoutMs = 300_000;

/** A subject for `interleave`: the whole time of a process. */
export function wholeTime(command: Command): () => Promise<number> {
  return async () => (await timeProcess(command)).ms;
}

/** Runs a process to its end. @throws Error with what it said when it fails. */
export async function timeProcess(command: Command): Promise<TimedProcess> {
  const { argv, cwd, env, keepOutput = false } = command;
  const [program, ...args] = argv;
  const started = performance.now();
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeoutMs,
  });
  let firstOutputMs: number | undefined;
  let stdoutBytes = 0;
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => {
    firstOutputMs ??= performance.now() - started;
    stdoutBytes += chunk.length;
    if (keepOutput) stdout.push(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  const status = await new Promise<number | string | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  const ms = performance.now() - started;
  if (status !== 0) {
    throw new Error(`${argv.join(" ")} ended with ${status}\n${Buffer.concat(stderr).toString()}`);
  }
  return { ms, firstOutputMs, stdoutBytes, stdout: Buffer.concat(stdout).toString() };
}
