import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";

/** A trivial job in a file of the project, so that it travels like any other. */
export interface Canary extends AsyncDisposable {
  readonly file: string;
  /** What it returns; each canary has its own. */
  readonly song: string;
  /** Where it writes its file, relative to the working directory. */
  readonly directory: string;
}

/** What kind of canary. */
export interface CanaryOptions {
  readonly runId: string;
  readonly projectDirectory: string;
  /** Folder that the catalog's patterns are relative to. */
  readonly dataFolder: string;
  /** False: its output would go to this process's own streams. */
  readonly prints: boolean;
}

/** What a job file imports. */
const core = "@runnable/core";

/** The bytes are always the same: a store that keeps files by content then keeps one blob, however often it is asked. */
export const canaryBytes = "Put by `runnable doctor`.\n";

/** Writes the job below `.runnable` of the project. */
export async function createCanary(options: CanaryOptions): Promise<Canary> {
  const { runId, projectDirectory, dataFolder } = options;
  const place = join(projectDirectory, ".runnable", runId);
  const file = join(place, "canary.job.mjs");
  await mkdir(place, { recursive: true });
  await writeFile(file, sourceOf(options));
  const directory = posix.join(dataFolder, runId);
  return {
    file,
    song: runId,
    directory,
    [Symbol.asyncDispose]: async () => {
      await rm(place, { recursive: true, force: true });
      // Where it works in the user's own directory.
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function sourceOf({ runId, dataFolder, prints }: CanaryOptions): string {
  const directory = JSON.stringify(posix.join(dataFolder, runId));
  const pattern = JSON.stringify(`${runId}/canary.txt`);
  return `import { mkdir, writeFile } from "node:fs/promises";

import { defineJob } from ${JSON.stringify(core)};

export default defineJob({
  name: "doctor",
  catalog: { put: [${pattern}] },
  run: async () => {
    await mkdir(${directory}, { recursive: true });
    await writeFile(${directory} + "/canary.txt", ${JSON.stringify(canaryBytes)});
    ${prints ? `console.log(${JSON.stringify(runId)});` : ""}
    return { song: ${JSON.stringify(runId)} };
  },
});
`;
}
