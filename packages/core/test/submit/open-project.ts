import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { defineJob } from "../../src/jobs/index.ts";
import { bundleModule, type BundledModule } from "../../src/submit/bundle-module.ts";
import type { PayloadOptions } from "../../src/submit/payload.ts";

const noJob = defineJob({ run: () => ({}) });

/** A directory with files, `main.job.ts` among them. */
export interface Project extends AsyncDisposable {
  readonly directory: string;
}

/** Writes the files, by their relative paths. */
export function openProject(files: Readonly<Record<string, string>>): Project {
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), "runnable-payload-")));
  for (const [name, text] of Object.entries({ "main.job.ts": "export default 1;", ...files })) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    writeFileSync(path.join(directory, name), text);
  }
  return {
    directory,
    [Symbol.asyncDispose]: async () => rmSync(directory, { recursive: true }),
  };
}

/** Options of `makePayload` for a project whose job does nothing. */
export function optionsOf(
  { directory }: Project,
  options: Partial<PayloadOptions>,
): PayloadOptions {
  return {
    mode: "bundle",
    job: noJob,
    reference: { file: path.join(directory, "main.job.ts"), exportName: "default" },
    stageDirectory: path.join(directory, ".runnable/stage/run-a1"),
    workingDirectory: directory,
    projectDirectory: directory,
    ...options,
  };
}

/** `sha256:<hex>`. */
export function digestOf(bytes: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** Bundles a project's job into its directory `out`. */
export function bundleJob(directory: string, name = "main.job.ts"): Promise<BundledModule> {
  return bundleModule({
    file: path.join(directory, name),
    projectDirectory: directory,
    outDirectory: path.join(directory, "out"),
  });
}
