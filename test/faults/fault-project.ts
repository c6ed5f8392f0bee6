import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
/** The command line from its sources. */
export const bin: string = join(root, "packages/cli/src/bin.ts");
const preload = join(import.meta.dirname, "fault-points.ts");

/** Who may be struck. */
export type Victim = "submitter" | "launcher" | "supervisor" | "job";

/** One signal to one process, when the trigger is before or after its n-th step. */
export interface Fault {
  readonly trigger: "submitter" | "supervisor" | "job";
  /** From 1; 0 strikes nobody. */
  readonly step: number;
  readonly when: "before" | "after";
  readonly victim: Victim;
  readonly signal: "SIGKILL" | "SIGINT" | "SIGTERM" | "SIGSTOP";
}

/** How a command ended. */
export interface CommandEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A fresh project with a job, a temporary directory of its own, and a ledger outside that the job writes to. */
export interface FaultProject extends AsyncDisposable {
  readonly directory: string;
  readonly temporary: string;
  /** An id that no other run on this machine has. */
  readonly runId: string;
  /** `runnable …`, 40 s at most. */
  readonly runnable: (args: readonly string[], fault?: Fault) => Promise<CommandEnd>;
  /** Lines that the job wrote: one an attempt. */
  readonly ledger: () => Promise<readonly string[]>;
  /** What a process did: its steps, `<n> <call> <path>`. */
  readonly stepsOf: (trigger: Fault["trigger"]) => Promise<readonly string[]>;
  /** The blow, if it fell: `<victim> <pid> <signal>`. */
  readonly struck: () => Promise<string>;
}

const job = `
import { defineJob } from "@runnable/core";
import { appendFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
export default defineJob({
  catalog: { put: ["model.txt"] },
  async run({ runId, attempt, signal, parameters }) {
    appendFileSync(parameters.ledger, runId + " " + attempt + "\\n");
    console.log("begun");
    await sleep(150, undefined, { signal });
    writeFileSync("model.txt", "a model");
    console.log("done");
    return { answer: 42 };
  },
});
`;

/** Makes the project; `config` is its runnable-config.yaml, `jobText` another job than the usual one, `environment` what its commands get besides. */
export async function makeFaultProject(
  config: string,
  jobText: string = job,
  environment: { readonly [name: string]: string } = {},
): Promise<FaultProject> {
  const base = await realpath(await mkdtemp(join(tmpdir(), "runnable-fault-")));
  const [directory, temporary, watch] = [
    join(base, "project"),
    join(base, "tmp"),
    join(base, "watch"),
  ];
  await mkdir(join(directory, "node_modules/@runnable"), { recursive: true });
  await mkdir(temporary);
  await mkdir(watch);
  await symlink(join(root, "packages/core"), join(directory, "node_modules/@runnable/core"));
  await writeFile(
    join(directory, "package.json"),
    `{ "name": "project", "private": true, "type": "module" }\n`,
  );
  await writeFile(join(directory, "runnable-config.yaml"), config);
  await writeFile(join(directory, "job.ts"), jobText);
  return {
    directory,
    temporary,
    runId: `fault-${randomUUID()}`,
    runnable: async (args, fault) => {
      const { flags, env } = await arm(watch, fault);
      const all = { ...environment, TMPDIR: temporary, ...env };
      return runCommand([...flags, bin, ...args], directory, all);
    },
    ledger: () => linesOf(join(base, "ledger")),
    stepsOf: (trigger) => linesOf(join(watch, `trace-${trigger}`)),
    struck: () => textOf(join(watch, "struck")),
    [Symbol.asyncDispose]: () => rm(base, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function linesOf(file: string): Promise<readonly string[]> {
  return (await textOf(file)).split("\n").filter((line) => line !== "");
}

/** Empty where there is no file. */
function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}

/** The ledger's path as a parameter. */
export function ledgerOf({ directory }: FaultProject): string {
  return `ledger=${join(directory, "../ledger")}`;
}

/** Environment and flags that watch a command; without a fault it is left alone. */
async function arm(watch: string, fault: Fault | undefined): Promise<Armed> {
  if (fault === undefined) return { flags: [], env: {} };
  const settings = JSON.stringify({ directory: watch, ...fault });
  // Takes the place of Node for what the submitter starts: a bare environment carries no settings.
  const node = `#!/bin/sh\nRUNNABLE_FAULT='${settings}' exec '${process.execPath}' --import '${preload}' "$@"\n`;
  await writeFile(join(watch, "node"), node, { mode: 0o755 });
  return { flags: ["--import", preload], env: { RUNNABLE_FAULT: settings } };
}

interface Armed {
  readonly flags: readonly string[];
  readonly env: { readonly [name: string]: string };
}

function runCommand(
  args: readonly string[],
  directory: string,
  env: { readonly [name: string]: string },
): Promise<CommandEnd> {
  const child = spawn(process.execPath, args, {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: searchPath(), HOME: directory, ...env },
    timeout: 40_000,
    killSignal: "SIGKILL",
  });
  const text = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text.stderr += chunk));
  return new Promise((resolved) => {
    child.once("close", (code, signal) => resolved({ code, signal, ...text }));
  });
}

function searchPath(): string {
  return `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`;
}
