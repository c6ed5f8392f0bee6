import { createHash } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { RunnableError } from "@runnable/plugin";
import type { OutputChunk, Plugin } from "rolldown";

/** What to bundle, and where the file goes. */
export interface BundleOptions {
  /** Absolute path of the entry module. */
  readonly file: string;
  /** Absolute; made when it is not there. */
  readonly outDirectory: string;
  /** Name of the file in `outDirectory`; default `job.mjs`. */
  readonly name?: string;
  /** Absolute; modules below it come first in `modules`. Default the directory of `file`. */
  readonly projectDirectory?: string;
  /** Import specifiers to leave as they are, beside Node's own modules. */
  readonly external?: readonly string[];
}

/** A file that the bundle reads at run time; `path` is relative to the bundle's directory, `source` absolute. */
export interface BundleAsset {
  readonly path: string;
  readonly source: string;
}

/** A module and all that it imports, in one ESM file that needs nothing but Node. */
export interface BundledModule {
  /** Absolute. */
  readonly file: string;
  readonly bytes: number;
  /** `sha256:<hex>` of the file. */
  readonly digest: string;
  /** Absolute paths of what went in, those of the project first. */
  readonly modules: readonly string[];
  readonly assets: readonly BundleAsset[];
  /** One sentence each, for the user. */
  readonly warnings: readonly string[];
}

/**
 * Bundles a module and its dependencies into one ESM file.
 * @throws RunnableError BUNDLE_FAILED when a module does not parse or an import does not resolve.
 */
export async function bundleModule(options: BundleOptions): Promise<BundledModule> {
  const { rolldown } = await import("rolldown");
  const file = path.join(options.outDirectory, options.name ?? "job.mjs");
  const projectDirectory = options.projectDirectory ?? path.dirname(options.file);
  try {
    await using build = await rolldown({
      input: options.file,
      cwd: projectDirectory,
      platform: "node",
      external: [...(options.external ?? [])],
      plugins: [jobsPlugin()],
      transform: { define: { "import.meta.main": "false" } },
      onLog: () => undefined,
    });
    const { output } = await build.write({ file, format: "esm", codeSplitting: false });
    return describeChunk(output[0], { file, projectDirectory });
  } catch (cause) {
    throw new RunnableError(
      "BUNDLE_FAILED",
      `${options.file} cannot be bundled: ${String(cause)}`,
      {
        cause,
        exitCode: 78,
      },
    );
  }
}

/** A job imports this package for `defineJob` only: the submitter's side of it stays at home. */
function jobsPlugin(): Plugin {
  const jobs = fileURLToPath(import.meta.resolve("@runnable/core/job"));
  return {
    name: "runnable:jobs",
    resolveId: {
      filter: { id: [/^@runnable\/core(\/job)?$/u, /\/run-job\.[jt]s$/u] },
      handler(id, importer) {
        if (id.startsWith("@")) return jobs;
        return importer?.startsWith(path.dirname(jobs)) === true ? noNewRun : undefined;
      },
    },
    load: {
      filter: { id: /^\0runnable:no-new-run$/u },
      handler: () =>
        `export function runJob() { throw new Error("a new run cannot be started from inside this payload; use mode image or mount"); }`,
    },
  };
}

const noNewRun = "\0runnable:no-new-run";

function describeChunk(
  chunk: OutputChunk,
  { file, projectDirectory }: { readonly file: string; readonly projectDirectory: string },
): BundledModule {
  const modules = chunk.moduleIds.filter((id) => path.isAbsolute(id));
  const own = modules.filter((id) => isOwn(id, projectDirectory));
  return {
    file,
    bytes: Buffer.byteLength(chunk.code),
    digest: `sha256:${createHash("sha256").update(chunk.code).digest("hex")}`,
    modules: [...own, ...modules.filter((id) => !own.includes(id))],
    assets: [],
    warnings: [],
  };
}

function isOwn(id: string, projectDirectory: string): boolean {
  const relative = path.relative(projectDirectory, id);
  return !relative.startsWith("..") && !relative.split(path.sep).includes("node_modules");
}
