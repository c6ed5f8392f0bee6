import { isatty } from "node:tty";

/** Emitted on `process`, in the midst of a job that never yields, once the user interrupted it in vain. */
export const blockedLoop: unique symbol = Symbol.for("runnable.blocked-loop") as never;

/** Milliseconds that the event loop may take to hear of an interrupt. */
const patienceMs = 5000;

/** Watches whether interrupts reach this process. */
export interface LoopWatch {
  /** Resolves once the watch is kept: a thread that is not up when the loop is blocked never comes up. */
  readonly ready: Promise<void>;
  /** To be called for each interrupt that did. */
  readonly heard: () => void;
  readonly release: () => void;
}

/**
 * Has {@link blockedLoop} emitted when this process does not hear of a Ctrl-C within 5 s, or not of the second: a job that never
 * yields leaves the event loop no turn, and only that tells of signals. A shell in the terminal's foreground group hears them
 * instead, a thread asks whether this process did too, and has the engine call us between two statements. Without a terminal
 * there is no Ctrl-C, and nothing is watched.
 */
export function watchBlockedLoop(): LoopWatch {
  if (!isatty(0) || process.platform === "win32") {
    return { ready: Promise.resolve(), heard: () => {}, release: () => {} };
  }
  // Not imported: that takes 2 ms, also of those who have no terminal.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const heard = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(watcher, {
    eval: true,
    workerData: { heard, patienceMs },
    execArgv: [],
    stdout: false,
    stderr: false,
  });
  const ready = new Promise<void>((resolve) => {
    const up = (): void => {
      worker.unref();
      resolve();
    };
    // A Node.js without inspector has no such watch.
    worker.once("online", up).on("error", up);
  });
  return {
    ready,
    heard: () => void Atomics.add(heard, 0, 1),
    release: () => void worker.terminate(),
  };
}

/**
 * The shell ends with 7 at an interrupt, and with 0 when its input ends: this process is done, or dead. Source: POSIX.1-2024,
 * Shell Command Language, 2.12: a trap is taken at once while the shell waits; 2.9.3.1: a list in the background reads
 * /dev/null unless told otherwise.
 */
const watcher = `
const { spawn } = require("node:child_process");
const { Session } = require("node:inspector");
const { workerData } = require("node:worker_threads");
const { heard, patienceMs } = workerData;
const script = "exec 3<&0; trap 'exit 7' INT; cat <&3 >/dev/null & wait";
let interrupts = 0;
listen();

function listen() {
  const shell = spawn("sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"] });
  shell.on("error", () => {});
  shell.on("exit", (code) => {
    if (code !== 7) return;
    interrupts += 1;
    const mine = interrupts;
    setTimeout(() => {
      if (Atomics.load(heard, 0) < mine) interrupt();
    }, mine > 1 ? 200 : patienceMs);
    listen();
  });
}

function interrupt() {
  const session = new Session();
  session.connectToMainThread();
  session.on("Debugger.paused", ({ params }) => {
    session.post("Debugger.evaluateOnCallFrame", {
      callFrameId: params.callFrames[0].callFrameId,
      expression: 'process.emit(Symbol.for("runnable.blocked-loop"))',
    });
  });
  session.post("Debugger.enable");
  session.post("Debugger.pause");
}
`;
