import { cp, readFile, writeFile } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { PlatformStatus, RemoteDefinition, Schema } from "@runnable/plugin";

import { attemptDirectory } from "./attempt-directory.ts";
import { checkHealth } from "./check-health.ts";
import { isAlive } from "./is-alive.ts";
import { layFiles, removeFiles } from "./lay-files.ts";
import { leftovers } from "./leftovers.ts";
import { readHandle, type ProcessHandle } from "./process-handle.ts";
import type { ProcessPlan } from "./process-plan.ts";
import { startProcess } from "./start-process.ts";
import { tailFile } from "./tail-file.ts";

type Methods = Pick<
  RemoteDefinition<Schema, ProcessPlan, ProcessHandle>,
  | "submitJob"
  | "find"
  | "observe"
  | "logs"
  | "cancel"
  | "collect"
  | "collectFiles"
  | "remove"
  | "checkHealth"
  | "leftovers"
>;

const pollMs = 20;
const longestPollMs = 500;
/** Milliseconds between two requests to stop without grace. */
const againMs = 200;
/** Time for a supervisor to write its outcome after the job was killed. */
const recordMs = 5000;

/** What every executor that starts a process of this machine has in common. */
export const processMethods: Methods = {
  submitJob: async (plan, { payload, secrets }) => {
    const before = await readHandle(plan.directory);
    if (before) return before;
    await layFiles(plan, payload, secrets);
    return startProcess(plan);
  },
  find: (key) => findStarted(attemptDirectory(tmpdir(), key).root),
  observe,
  logs: (handle, { signal }, since) =>
    tailFile(join(handle.directory, "output"), {
      from: since?.bytes ?? 0,
      ended: async () => !(await isAlive(handle)),
      signal,
    }),
  cancel: (handle, { graceSeconds }) => stop(handle, graceSeconds),
  collect: (handle) =>
    readFile(join(handle.directory, "receipt.json"), "utf8").catch(() => undefined),
  collectFiles: (_handle, { from, to }) => cp(from, to, { recursive: true }),
  remove: ({ directory }) => removeFiles(directory),
  checkHealth,
  leftovers,
};

/**
 * The handle of a start, or the certainty that there is none: whoever makes the file `pid` first has the attempt, and a launcher
 * that comes too late ends at once. Asked for once its client is gone, or has given up.
 */
async function findStarted(directory: string): Promise<ProcessHandle | undefined> {
  try {
    await writeFile(join(directory, "pid"), "", { flag: "wx" });
  } catch {
    // It is there, or there is no directory.
    return readHandle(directory);
  }
  // While `pid` is taken nothing can start, and without its payload nothing could run.
  await Promise.all([
    removeFiles(join(directory, "payload")),
    removeFiles(join(directory, "image")),
  ]);
  await removeFiles(directory);
  return undefined;
}

async function* observe(
  handle: ProcessHandle,
  { signal }: { readonly signal: AbortSignal },
): AsyncIterable<PlatformStatus> {
  let waitMs = pollMs;
  if (await isAlive(handle)) yield { state: "running" };
  while (await isAlive(handle)) {
    await sleep(waitMs, undefined, { signal });
    waitMs = Math.min(waitMs * 1.1, longestPollMs);
  }
  yield await endOf(handle);
}

async function endOf({ directory, pid }: ProcessHandle): Promise<PlatformStatus> {
  const text = await readFile(join(directory, "exit"), "utf8").catch(() => undefined);
  if (text === undefined) return { state: "gone", detail: `process ${pid} was killed` };
  const status = Number(text);
  const signal = Object.entries(constants.signals).find(([, number]) => status === 128 + number);
  return { state: "ended", exitCode: status, ...(signal ? { signal: signal[0] } : {}) };
}

/** Asks, and kills what has not ended by itself. Without grace it asks again at once, which leaves the job none. */
async function stop(handle: ProcessHandle, graceSeconds: number): Promise<void> {
  const deadline = performance.now() + graceSeconds * 1000 + recordMs;
  signalGroup(handle.pid, "SIGTERM");
  while (performance.now() < deadline) {
    // Over and over: of two signals that a process has not taken yet, one is lost.
    if (graceSeconds === 0) signalGroup(handle.pid, "SIGTERM");
    if (await endedWithin(handle, againMs)) return;
  }
  signalGroup(handle.pid, "SIGKILL");
}

async function endedWithin(handle: ProcessHandle, ms: number): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (performance.now() < deadline) {
    if (!(await isAlive(handle))) return true;
    await sleep(pollMs);
  }
  return false;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended.
  }
}
