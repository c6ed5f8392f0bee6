import type { Readable } from "node:stream";

import { engineError } from "./engine-error.ts";

/** How a command of the engine ended. */
export interface EngineEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command of the engine is run. */
export interface EngineCallOptions {
  readonly input?: Readable;
  readonly signal?: AbortSignal;
}

/** The engine, driven by its command line: that knows contexts, credentials, rootless and far engines. */
export interface Engine {
  /** Name of its command. */
  readonly program: string;
  /** Runs a command to its end. @throws RunnableError as {@link engineError} when it fails. */
  readonly run: (argv: readonly string[], options?: EngineCallOptions) => Promise<string>;
  /** The same, and a failure is an answer. */
  readonly ask: (argv: readonly string[], options?: EngineCallOptions) => Promise<EngineEnd>;
  /** Gives a command its standard input; resolves when it ends, which may be after this process did. */
  readonly feed: (argv: readonly string[], input: string) => Promise<void>;
  /** What a command prints, as it comes: its output, then its errors. */
  readonly stream: (argv: readonly string[], signal?: AbortSignal) => AsyncGenerator<Uint8Array>;
}

/** The engine behind a program: `docker` or `podman`. Other programs are driven alike. */
export function createEngine(program: string): Engine {
  const ask: Engine["ask"] = async (argv, { input, signal } = {}) => {
    const { execa } = await import("execa");
    const end = await execa(program, argv, {
      ...common,
      ...(input === undefined ? { stdin: "ignore" } : { input }),
      ...(signal === undefined ? {} : { cancelSignal: signal }),
    });
    signal?.throwIfAborted();
    if (end.exitCode === undefined) {
      throw engineError({ program, argv, stderr: end.stderr ?? "", cause: end.cause });
    }
    return { exitCode: end.exitCode, stdout: end.stdout, stderr: end.stderr };
  };
  return {
    program,
    ask,
    run: async (argv, options) => {
      const { exitCode, stdout, stderr } = await ask(argv, options);
      if (exitCode === 0) return stdout;
      throw engineError({ program, argv, stderr });
    },
    feed: async (argv, input) => {
      const { execa } = await import("execa");
      // No pipe but its input, so that it outlives a submitter that leaves.
      const child = execa(program, argv, { ...common, input, stdout: "ignore", stderr: "ignore" });
      child.nodeChildProcess.unref();
      await child;
    },
    stream: async function* stream(argv, signal) {
      const { execa } = await import("execa");
      const child = execa(program, argv, {
        ...common,
        encoding: "buffer",
        stdin: "ignore",
        buffer: { stdout: false, stderr: true },
        ...(signal === undefined ? {} : { cancelSignal: signal }),
      });
      try {
        for await (const chunk of child.iterable({ from: "stdout", binary: true })) yield chunk;
      } finally {
        child.kill();
      }
      const end = await child;
      if (signal?.aborted) return;
      const stderr = Buffer.from(end.stderr);
      if (end.exitCode !== 0) {
        throw engineError({ program, argv, stderr: stderr.toString(), cause: end.cause });
      }
      if (stderr.length > 0) yield Buffer.concat([Buffer.from("\n"), stderr]);
    },
  };
}

/** In a process group of its own: Ctrl-C is for runnable, which decides what becomes of the container. */
const common = { reject: false, detached: true, env: { DOCKER_CLI_HINTS: "false" } } as const;
