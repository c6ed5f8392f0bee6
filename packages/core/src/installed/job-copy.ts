import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { bundleModule } from "../submit/bundle-module.ts";

/**
 * Makes a copy of a job file that Node.js alone can't load, gives its absolute path to `use`, and removes it after. The copy
 * reaches its assets where they are.
 */
export async function withJobCopy<T>(
  file: string,
  use: (module: string) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "runnable-module-"));
  try {
    const bundle = await bundleModule({ file, outDirectory: directory, runs: "in-place" });
    return await use(bundle.file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
