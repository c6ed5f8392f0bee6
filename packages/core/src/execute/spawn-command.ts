import { spawn, type ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";

/** A program to start. */
export interface SpawnCommandOptions {
  readonly argv: readonly [string, ...string[]];
  /** Absolute. */
  readonly workingDirectory: string;
  readonly env: { readonly [name: string]: string };
  readonly signal: AbortSignal;
  readonly ownProcessGroup: boolean;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  /** Without it the program writes to this process's own output. */
  readonly onOutput?: (channel: "o" | "e", chunk: Uint8Array) => void | Promise<void>;
}

/** How a program ended; `error` when it never started. */
export interface CommandEnd {
  readonly code?: number;
  readonly signal?: NodeJS.Signals;
  readonly error?: NodeJS.ErrnoException;
}

/** Milliseconds that a pipe may stay open, held by a grandchild, once the program itself has ended. */
const pipeGraceMs = 2000;

/** Runs a program to its end, its output passed on. */
export async function spawnCommand(options: SpawnCommandOptions): Promise<CommandEnd> {
  // Before the program, so that it is guarded as soon as it runs.
  const sentinel = options.ownProcessGroup ? startSentinel() : undefined;
  const child = start(options);
  if (child instanceof Error) {
    sentinel?.dismiss();
    return { error: child };
  }
  sentinel?.guard(child);
  const release = sentinel ? tieToThisProcess(child, sentinel, options) : () => {};
  const ended = untilEnd(child);
  const output = Promise.all([
    pass(child.stdout, "o", options.onOutput),
    pass(child.stderr, "e", options.onOutput),
  ]);
  try {
    // Output that can't be passed on ends the program, else it would wait for ever for a reader.
    const end = await Promise.race([ended, output.then(() => ended)]);
    await Promise.race([output, setTimeout(pipeGraceMs, undefined, { ref: false })]);
    return end;
  } finally {
    release();
    child.stdout?.destroy();
    child.stderr?.destroy();
    await output;
  }
}

function start(options: SpawnCommandOptions): ChildProcess | NodeJS.ErrnoException {
  const [program, ...args] = options.argv;
  const channel = options.onOutput === undefined ? "inherit" : "pipe";
  try {
    return spawn(program, args, {
      cwd: options.workingDirectory,
      env: options.env,
      detached: options.ownProcessGroup,
      stdio: ["ignore", channel, channel],
    });
  } catch (error) {
    // Node throws some failures (E2BIG) and emits others (ENOENT).
    if (error instanceof Error) return error;
    throw error;
  }
}

/** Ends the program's group when `signal` aborts, when this process exits, and when the returned function is called. */
function tieToThisProcess(
  child: ChildProcess,
  { dismiss }: Sentinel,
  options: SpawnCommandOptions,
): () => void {
  const { signal, graceMs } = options;
  let killing: NodeJS.Timeout | undefined;
  const kill = (): void => signalGroup(child, "SIGKILL");
  const stop = (): void => {
    signalGroup(child, "SIGTERM");
    killing = globalThis.setTimeout(kill, graceMs);
  };
  signal.addEventListener("abort", stop, { once: true });
  process.once("exit", kill);
  return () => {
    dismiss();
    clearTimeout(killing);
    signal.removeEventListener("abort", stop);
    process.off("exit", kill);
    kill();
  };
}

/** Ends a program's group when this process is killed, and no handler of ours runs any more. */
interface Sentinel {
  readonly guard: (child: ChildProcess) => void;
  readonly dismiss: () => void;
}

/** A shell that is told the group, and kills it when the pipe from this process ends without a word. */
function startSentinel(): Sentinel {
  const script = 'read -r group && { read -r _ || kill -s KILL -- "-$group"; }';
  const shell = spawn("/bin/sh", ["-c", script], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // Without a shell there is no sentinel, and the job goes on.
  shell.on("error", () => {});
  shell.stdin.on("error", () => {});
  shell.unref();
  return {
    guard: ({ pid }) => void (pid !== undefined && shell.stdin.write(`${pid}\n`)),
    dismiss: () => void shell.stdin.end("done\n"),
  };
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone.
  }
}

function untilEnd(child: ChildProcess): Promise<CommandEnd> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ error }));
    child.once("exit", (code, signal) => {
      if (code !== null) return resolve({ code });
      resolve(signal === null ? {} : { signal });
    });
  });
}

async function pass(
  stream: Readable | null,
  channel: "o" | "e",
  onOutput: SpawnCommandOptions["onOutput"],
): Promise<void> {
  if (stream === null || onOutput === undefined) return;
  try {
    for await (const chunk of stream) await onOutput(channel, chunk as Uint8Array);
  } catch (error) {
    // We close the pipe ourselves when a grandchild holds it.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}
