import { execFile } from "node:child_process";

/** How a program ended. */
export interface ProgramEnd {
  /** 128 and more: killed, as a shell tells it; 137 also after the time limit. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how long a program may run. */
export interface ProgramOptions {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  readonly timeoutMs: number;
}

/** Runs a program to its end; it is killed when the time is over. */
export function runProgram(
  [program = "", ...argv]: readonly string[],
  { cwd, env, timeoutMs }: ProgramOptions,
): Promise<ProgramEnd> {
  const limits = { timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: 64 << 20 } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(program, argv, { cwd, env, ...limits }, (error, stdout, stderr) => {
      if (error && child.pid === undefined) return reject(error);
      resolve({
        code: child.exitCode ?? (child.signalCode === "SIGKILL" ? 137 : 128),
        stdout,
        stderr,
      });
    });
    child.stdin?.end();
  });
}

/** The same, where anything but success is a fault of the test's surroundings. */
export async function mustRun(argv: readonly string[], options: ProgramOptions): Promise<string> {
  const { code, stdout, stderr } = await runProgram(argv, options);
  if (code === 0) return stdout;
  throw new Error(`${argv.join(" ")} ended with ${code}\n${stdout}${stderr}`);
}
