import { spawn } from "node:child_process";

import type { ProgramEnd, ProgramOptions } from "./run-program.ts";

/** A program under way. */
export interface StartedProgram extends AsyncDisposable {
  /** Resolves when the output, of both streams, holds a text. */
  readonly said: (text: string) => Promise<void>;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly ended: Promise<ProgramEnd>;
}

/** Starts a program; it is killed when the time is over, or when it is disposed of. */
export function startProgram(
  [program = "", ...argv]: readonly string[],
  { cwd, env, timeoutMs }: ProgramOptions,
): StartedProgram {
  const child = spawn(program, argv, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  const tell = () => waiting.forEach((look) => look());
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      tell();
    });
  }
  const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
  const { promise: ended, resolve } = Promise.withResolvers<ProgramEnd>();
  child.once("close", (code, signal) => {
    clearTimeout(timer);
    resolve({ code: code ?? (signal === "SIGKILL" ? 137 : 128), ...output });
    tell();
  });
  return {
    said: (text) =>
      new Promise((done, fail) => {
        const look = () => {
          if (`${output.stdout}\n${output.stderr}`.includes(text)) finish(done);
          else if (child.exitCode !== null || child.signalCode !== null) {
            finish(() =>
              fail(new Error(`ended without "${text}":\n${output.stdout}${output.stderr}`)),
            );
          }
        };
        const finish = (settle: () => void) => {
          waiting.delete(look);
          settle();
        };
        waiting.add(look);
        look();
      }),
    signal: (name) => void child.kill(name),
    ended,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
