import { realpath } from "node:fs/promises";

import {
  beginProgress,
  importJobModule,
  type BundleJobModule,
  type JobModuleLoader,
} from "./import-job-module.ts";
import type { Job, JobReference } from "./job.ts";
import { loadJob } from "./load-job.ts";
import { watchModules } from "./watch-modules.ts";

/** A job with what its file needed. */
export interface LoadedJobFile {
  readonly job: Job;
  readonly loader: JobModuleLoader;
  /** Absolute paths of the project's modules that were loaded: the file first. */
  readonly modules: readonly string[];
}

/** The job of a file, loaded by Node or from a copy that `bundle` makes; also of a file whose top level awaits `execute()`. @throws as {@link loadJob}. */
export async function loadJobFile(
  reference: JobReference,
  bundle: BundleJobModule,
): Promise<LoadedJobFile> {
  // Node knows modules by their real paths.
  const file = await realpath(reference.file).catch(() => reference.file);
  const progress = beginProgress(file);
  // What is loaded to make a copy, and the copy, are no modules of the project.
  const watch = watchModules((path) => progress.loader === "node" && progress.modules.add(path));
  try {
    const job = await loadJob({
      ...reference,
      import: () => importJobModule(file, bundle, progress),
    });
    return { job, loader: progress.loader, modules: [...progress.modules] };
  } finally {
    watch.end();
  }
}
