import { spawn, type ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";

import type { JobFacts } from "../jobs/job-facts.ts";
import type { JobResult } from "./job-result.ts";
import type { JobMessage, SupervisorMessage } from "./messages.ts";

/** How long a grandchild may hold the output open, and a finished job its event loop. */
const lingerMs = 2000;

/** How a job process ended. `result` is absent when it died before it could tell. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly result: JobResult | undefined;
  readonly peakMemoryBytes: number | undefined;
}

/** What a job process says while it runs. */
export interface ProcessListeners {
  /** The stream is held until the promise resolves, so that a slow reader slows the job and fills no memory. */
  readonly onOutput: (channel: "o" | "e", chunk: Uint8Array) => Promise<void>;
  readonly onProgress: (progress: object) => void;
}

/** A job process, started and waiting to be told its job. */
export interface SupervisedProcess {
  readonly send: (message: SupervisorMessage) => void;
  /** Resolves with the facts once the job is loaded, with undefined when the process ends before. */
  readonly facts: Promise<JobFacts | undefined>;
  readonly ended: Promise<ProcessEnd>;
  readonly listen: (listeners: ProcessListeners) => void;
  /** Signals the whole group; no error when it is gone. */
  readonly signalGroup: (signal: NodeJS.Signals) => void;
}

/** Starts a job process in a group of its own. No user code runs before `send({ type: "load" })`. */
export function startProcess(entry: string, env: NodeJS.ProcessEnv): SupervisedProcess {
  const child = spawn(process.execPath, [...process.execArgv.filter(keepFlag), entry, "__job"], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: jobEnvironment(env),
  });
  // A send to a process that just died is no error of ours: `ended` tells.
  child.on("error", () => undefined);
  const facts = Promise.withResolvers<JobFacts | undefined>();
  const told: { result?: JobResult; peak?: number; progress?: ProcessListeners["onProgress"] } = {};
  child.on("message", (message: JobMessage) => {
    if (message.type === "facts") facts.resolve(message.facts);
    if (message.type === "progress") told.progress?.(message.progress);
    if (message.type !== "result") return;
    told.result = message.result;
    told.peak = message.peakMemoryBytes;
    setTimeout(() => signalGroup(child, "SIGKILL"), lingerMs).unref();
  });
  const ended = endOf(child).then(([exitCode, signal]) => {
    facts.resolve(undefined);
    signalGroup(child, "SIGKILL");
    return { exitCode, signal, result: told.result, peakMemoryBytes: told.peak };
  });
  return {
    send: (message) => void (child.connected && child.send(message)),
    facts: facts.promise,
    ended,
    listen: ({ onOutput, onProgress }) => {
      told.progress = onProgress;
      pump(child.stdout, (chunk) => onOutput("o", chunk));
      pump(child.stderr, (chunk) => onOutput("e", chunk));
    },
    signalGroup: (signal) => signalGroup(child, signal),
  };
}

function pump(stream: Readable | null, take: (chunk: Uint8Array) => Promise<void>): void {
  stream?.on("data", (chunk: Buffer) => {
    stream.pause();
    void take(chunk).then(() => stream.resume());
  });
}

// Ends with the streams, or a while after the process: a grandchild may keep a pipe open for ever.
function endOf(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve) => {
    child.once("error", () => resolve([127, null]));
    child.once("exit", (code, signal) => {
      const timer = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve([code, signal]);
      }, lingerMs);
      child.once("close", () => {
        clearTimeout(timer);
        resolve([code, signal]);
      });
    });
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone.
  }
}

function keepFlag(flag: string): boolean {
  return !flag.startsWith("--inspect");
}

// A debugger's port can be taken once only; what is ours between submitter and job side is no business of the job.
function jobEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: options, ...rest } = env;
  const kept = options?.split(" ").filter(keepFlag).join(" ");
  const clean = kept ? { ...rest, NODE_OPTIONS: kept } : rest;
  const internal = [
    "RUNNABLE_PLATFORM_ID",
    "RUNNABLE_WORK_DIRECTORY",
    "RUNNABLE_RECEIPT",
    "RUNNABLE_RECEIPT_BYTES",
  ];
  return Object.fromEntries(Object.entries(clean).filter(([name]) => !internal.includes(name)));
}
