import type { AsyncLocalStorage } from "node:async_hooks";

import type { CallingModule } from "./calling-modules.ts";
import type { Job } from "./job.ts";

/** A call of `execute()` by code that runs because a job file is being loaded. */
export interface Registration {
  readonly job: Job;
  /** Who called, nearest first. */
  readonly callers: readonly CallingModule[];
}

/** A job file on its way in. Several copies of this package may share one, so its shape must not change. */
export interface Loading {
  /** Absolute path of the job file. */
  readonly file: string;
  /** `file:` URL of the module that is evaluated for it: the file, or a bundled copy. */
  entry: string;
  /** Jobs in the order of their definition. */
  readonly defined: Job[];
  readonly registered: Registration[];
  readonly onRegistered: () => void;
  /** True once the module has been evaluated to its end: from then on `execute()` is an ordinary run. */
  ended: boolean;
}

/** A global, because the job file may bring a copy of this package of its own. */
const key: unique symbol = Symbol.for("runnable.loading") as never;

interface LoadingGlobal {
  [key]?: AsyncLocalStorage<Loading>;
}

/** The loading that the current code belongs to, by its asynchronous context; code of a running job belongs to none. */
export function currentLoading(): Loading | undefined {
  const loading = (globalThis as LoadingGlobal)[key]?.getStore();
  return loading?.ended === true ? undefined : loading;
}

/** Whether this process has loaded a job file, or is about to. */
export function hasLoaded(): boolean {
  return (globalThis as LoadingGlobal)[key] !== undefined;
}

/** Calls `load` as part of a loading; modules that it imports inherit the context (so in Node 22, 24 and 26). */
export async function withinLoading<T>(loading: Loading, load: () => Promise<T>): Promise<T> {
  const { AsyncLocalStorage } = await import("node:async_hooks");
  const storage = ((globalThis as LoadingGlobal)[key] ??= new AsyncLocalStorage<Loading>());
  return storage.run(loading, load);
}
