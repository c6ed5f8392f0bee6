import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleModule } from "../submit/bundle-module.ts";

/** A job file that another process can load. */
export interface JobCopy extends AsyncDisposable {
  /** Absolute. */
  readonly module: string;
}

/** Makes a copy of a job file that Node.js alone can't load; it reaches its assets where they are, and lives until it is disposed of. */
export async function makeJobCopy(file: string): Promise<JobCopy> {
  const directory = await mkdtemp(join(tmpdir(), "runnable-module-"));
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    const bundle = await bundleModule({ file, outDirectory: directory, runs: "in-place" });
    return { module: bundle.file, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
