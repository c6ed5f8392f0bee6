import { realpath } from "node:fs/promises";
import { setImmediate, setTimeout } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

import { RunnableError } from "@runnable/plugin";

import { importFailed } from "./import-failed.ts";
import { exportMissing, jobExports } from "./job-exports.ts";
import type { Job } from "./job.ts";
import { withinLoading, type Loading, type Registration } from "./loading.ts";

/** A job file and how to import it. */
export interface LoadJobOptions {
  /** Imports the module; called once, while `execute()` registers its job and never settles. */
  readonly import: () => Promise<unknown>;
  /** An export's name, or `#<n>`: the n-th job that is defined while the module loads, from 0. */
  readonly exportName: string;
  /** Absolute path, for messages and to tell the file's own `execute()` from that of a module it imports. */
  readonly file: string;
}

/** How far the module came. `pending`: its top level awaits an `execute()`, which never settles here. */
type Arrival =
  | { readonly state: "evaluated"; readonly module: unknown }
  | { readonly state: "pending" };

/** Loading, and the first `execute()` on the way. */
type Arriving = LoadJobOptions & { readonly registered: Promise<void> };

const endlessWait = "its top level waits for something that never comes";

/** Milliseconds to wait for a job that isn't there yet although the top level has reached another's `execute()`. */
const patienceMs = 2000;

/**
 * The job of a file: an export, else the one whose `execute()` the top level reaches. Code after an awaited `execute()` does not run.
 * @throws RunnableError JOB_IMPORT_FAILED when the module throws or waits for ever, JOB_NOT_FOUND when it has no such job,
 * JOB_AMBIGUOUS when several could be meant, JOB_NOT_REACHED when its top level stops before the job; JOB_INVALID from defineJob().
 */
export async function loadJob(options: LoadJobOptions): Promise<Job> {
  const { promise: registered, resolve: onRegistered } = Promise.withResolvers<void>();
  const { file } = options;
  const loading: Loading = {
    file,
    // Node knows modules by their real paths.
    entry: pathToFileURL(await realpath(file).catch(() => file)).href,
    defined: [],
    registered: [],
    onRegistered,
    ended: false,
  };
  const arrival = await arrive(loading, { ...options, registered });
  const ordinal = ordinalIn(options.exportName);
  if (ordinal !== undefined) return loading.defined[ordinal] ?? notReached(options);
  if (arrival.state === "pending") {
    return options.exportName === "default"
      ? onlyRegistered(loading, options)
      : notReached(options);
  }
  const exported = jobExports(arrival.module);
  const job = exported.get(options.exportName);
  if (job !== undefined) return job;
  if (options.exportName === "default" && loading.registered.length > 0) {
    return onlyRegistered(loading, options);
  }
  throw exportMissing({ ...options, exported, module: arrival.module });
}

async function arrive(loading: Loading, options: Arriving): Promise<Arrival> {
  const evaluated = withinLoading(loading, options.import).then(
    (module): Arrival => {
      loading.ended = true;
      return { state: "evaluated", module };
    },
    (error: unknown) => {
      throw importFailed(error, options.file);
    },
  );
  const stopped = options.registered.then(() => untilStopped(loading, options));
  const idle = Promise.withResolvers<Arrival>();
  // The process would end without a word while the module waits for something that never comes.
  const onIdle = (): void => {
    if (loading.registered.length > 0) return idle.resolve({ state: "pending" });
    idle.reject(importFailed(new Error(endlessWait), options.file));
  };
  process.once("beforeExit", onIdle);
  try {
    return await Promise.race([evaluated, stopped, idle.promise]);
  } finally {
    process.off("beforeExit", onIdle);
  }
}

/** Gives the module time to end after an `execute()` that it did not await, or to define the job that is wanted. */
async function untilStopped(loading: Loading, options: LoadJobOptions): Promise<Arrival> {
  await setImmediate();
  await setImmediate();
  const ordinal = ordinalIn(options.exportName);
  const settled =
    ordinal === undefined ? options.exportName === "default" : ordinal < loading.defined.length;
  if (!settled) await setTimeout(patienceMs, undefined, { ref: false });
  return { state: "pending" };
}

function ordinalIn(exportName: string): number | undefined {
  const digits = /^#(\d+)$/.exec(exportName)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function onlyRegistered({ registered, entry }: Loading, options: LoadJobOptions): Job {
  const other = registered.map(topLevelCaller).find((url) => url !== undefined && url !== entry);
  const own = registered.filter(
    (registration) => (topLevelCaller(registration) ?? entry) === entry,
  );
  const [job, second] = new Set(own.map((registration) => registration.job));
  if (job === undefined) return blocked(other, options);
  if (second === undefined) return job;
  throw new RunnableError(
    "JOB_AMBIGUOUS",
    `${options.file} executes several jobs and exports none by default`,
    { hint: `Export the job that is meant and name it: ${options.file}#name.`, exitCode: 78 },
  );
}

/** The module whose top level led to the call, as a `file:` URL. */
function topLevelCaller({ callers }: Registration): string | undefined {
  return callers.find((caller) => caller.topLevel)?.url.split("?")[0];
}

/** Another module's top level stands in the way, so that the file itself was not even reached. */
function blocked(url: string | undefined, { file }: LoadJobOptions): never {
  const other = url === undefined ? "a module" : fileURLToPath(url);
  throw new RunnableError(
    "JOB_NOT_REACHED",
    `${file} imports ${other}, whose top level executes a job of its own`,
    {
      hint: `Let ${other} export the job and execute it only \`if (import.meta.main)\`.`,
      exitCode: 78,
    },
  );
}

function notReached({ file, exportName }: LoadJobOptions): never {
  const wanted = exportName.startsWith("#") ? `its job ${exportName}` : `its export ${exportName}`;
  throw new RunnableError(
    "JOB_NOT_REACHED",
    `the top level of ${file} executes a job, so that ${wanted} is never reached`,
    {
      hint: "Export the job from a module that executes nothing at its top level, or only `if (import.meta.main)`.",
      exitCode: 78,
    },
  );
}
