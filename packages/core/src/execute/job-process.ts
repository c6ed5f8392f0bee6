import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

import { jobFacts } from "../jobs/job-facts.ts";
import type { Job } from "../jobs/job.ts";
import { loadJob } from "../jobs/load-job.ts";
import { describeError } from "./describe-error.ts";
import { failedLoad } from "./failed-load.ts";
import { failedResult, type JobResult } from "./job-result.ts";
import type { JobMessage, LoadMessage, StartMessage, SupervisorMessage } from "./messages.ts";
import { performJob } from "./perform.ts";

/**
 * The job's own process: child of the supervisor, leader of its process group, spoken to over IPC. It loads the job, tells what
 * must be known of it, does it when told, and ends.
 */
export async function runJobProcess(): Promise<void> {
  writeBlocking();
  // A program that reads its arguments at its top level finds none, and not our word for this process.
  process.argv.splice(2);
  const stop = new AbortController();
  const inbox = openInbox(stop);
  // Begun before the word comes: later the parent may be that of orphans. No user code runs unwatched.
  const watching = watchSupervisor(process.ppid);
  const load = await inbox.load;
  await watching;
  const result = await loadAndPerform(load, inbox.start, stop);
  await send({ type: "result", result, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 });
  process.exitCode = result.exitCode;
  process.disconnect();
}

async function loadAndPerform(
  load: LoadMessage,
  start: Promise<StartMessage>,
  stop: AbortController,
): Promise<JobResult> {
  process.chdir(load.workingDirectory);
  const job = await loadModule(load).catch((error: unknown) => failedLoad(error));
  if ("status" in job) return job;
  tellOfSignals(stop);
  await send({ type: "facts", facts: jobFacts(job) });
  return perform(job, await start, { load, signal: stop.signal });
}

function loadModule(load: LoadMessage): Promise<Job> {
  return loadJob({
    import: () => import(pathToFileURL(load.module).href),
    exportName: load.exportName,
    file: load.module,
  });
}

async function perform(
  job: Job,
  start: StartMessage,
  { load, signal }: { readonly load: LoadMessage; readonly signal: AbortSignal },
): Promise<JobResult> {
  const crashed = new Promise<JobResult>((resolve) => {
    const crash = (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      resolve(failedResult(describeError(error)));
    };
    process.on("uncaughtException", crash);
  });
  const done = performJob({
    job,
    parameters: start.parameters,
    secrets: start.secrets,
    runId: start.runId,
    attempt: start.attempt,
    signal,
    workingDirectory: load.workingDirectory,
    ownProcessGroup: false,
    env: process.env,
    onProgress: (progress) => void send({ type: "progress", progress: { ...progress } }),
  });
  return Promise.race([done, crashed]);
}

interface Inbox {
  readonly load: Promise<LoadMessage>;
  readonly start: Promise<StartMessage>;
}

function openInbox(stop: AbortController): Inbox {
  const load = Promise.withResolvers<LoadMessage>();
  const start = Promise.withResolvers<StartMessage>();
  process.on("message", (message: SupervisorMessage) => {
    if (message.type === "load") load.resolve(message);
    if (message.type === "start") start.resolve(message);
    if (message.type === "abort") stop.abort(message.reason);
  });
  return { load: load.promise, start: start.promise };
}

// A signal to the group also reaches this process: the job is told by `signal`, the supervisor kills after the grace. Before there
// is a job to tell, a signal ends the process, as it ends every program.
function tellOfSignals(stop: AbortController): void {
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(name, () => stop.abort("cancelled"));
  }
}

function send(message: JobMessage): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || !process.send) return resolve();
    process.send(message, () => resolve());
  });
}

// `process.exit()` in a job would cut what is still on its way into a pipe; written blocking, nothing is.
function writeBlocking(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const { _handle: handle } = stream as unknown as {
      _handle?: { setBlocking?: (blocking: boolean) => void };
    };
    handle?.setBlocking?.(true);
    // The supervisor is gone, and this process soon: an error told on a stream that is closed would tell of another one, for ever.
    stream.on("error", () => undefined);
  }
}

// A thread of its own, since the job may never yield: a job must not outlive a supervisor that was killed. A thread that is not
// up when the job stops yielding never comes up.
function watchSupervisor(supervisor: number): Promise<void> {
  const source = `setInterval(() => {
    if (process.ppid !== ${supervisor}) process.kill(-process.pid, "SIGKILL");
  }, 250);`;
  const worker = new Worker(source, { eval: true, execArgv: [], stdout: false, stderr: false });
  return new Promise((resolve) => {
    const up = (): void => {
      worker.unref();
      resolve();
    };
    worker.once("online", up).once("error", up);
  });
}
