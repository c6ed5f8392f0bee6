import { createHash } from "node:crypto";
import { mkdir, readFile, realpath, writeFile } from "node:fs/promises";
import path from "node:path";

import { bundledProgram } from "../files/bundled-program.ts";
import { isInside } from "../files/within-root.ts";
import { isOwnModule } from "./bundle/own-module.ts";
import { importBundler } from "./import-bundler.ts";

/** What to bundle, and where the file goes. */
export interface BundleOptions {
  /** Absolute path of the entry module. */
  readonly file: string;
  /** Absolute; made when it is not there. */
  readonly outDirectory: string;
  /** Name of the file in `outDirectory`; default `job.mjs`. */
  readonly name?: string;
  /** Absolute. Modules below it, but for `node_modules`, are the user's own. Default the directory of `file`. */
  readonly projectDirectory?: string;
  /**
   * Where the bundle will run. `payload`: anywhere; what it reaches by its own place is in `assets` (default).
   * `in-place`: on this machine, while the project stays as it is; what it reaches by its own place stays there.
   */
  readonly runs?: "payload" | "in-place";
}

/** A file that the bundle reaches by its own place; `path` is relative to the bundle's directory, `source` absolute. */
export interface BundleAsset {
  readonly path: string;
  readonly source: string;
}

/** A module and all that it imports, in one ESM file that needs nothing but Node and its assets. */
export interface BundledModule {
  /** Absolute. */
  readonly file: string;
  readonly bytes: number;
  /** `sha256:<hex>` of the file. */
  readonly digest: string;
  /** Absolute paths of what went in, those of the project first, each part sorted. */
  readonly modules: readonly string[];
  readonly assets: readonly BundleAsset[];
  /** One sentence each, for the user. */
  readonly warnings: readonly string[];
}

/**
 * Bundles a module and its dependencies into one ESM file: dynamic imports are inlined, workers become bundles of their own.
 * The file that holds this very program is such a bundle, and is taken as it is.
 * @throws RunnableError BUNDLER_MISSING as `importBundler`; BUNDLE_FAILED when a module does not parse or an import does not
 * resolve; BUNDLE_UNSUPPORTED, with every place, when the job would miss something over there: a native addon, or code that is
 * chosen at run time.
 */
export async function bundleModule(options: BundleOptions): Promise<BundledModule> {
  const file = await realpath(options.file);
  const projectDirectory = await projectOf(file, options.projectDirectory);
  const inPlace = options.runs === "in-place";
  if (file === bundledProgram()) return await programItself(file, options);
  const { bundleWithWorkers } = await importBundler(file);
  const { outputs, assets, modules, warnings } = await bundleWithWorkers({
    file,
    name: options.name ?? "job.mjs",
    projectDirectory,
    inPlace,
  });
  const written = outputs.map(({ name, text }) => write(options.outDirectory, name, text));
  const [main, ...others] = await Promise.all(written);
  if (main === undefined) throw new Error("the bundler gave no output");
  const own = (id: string): number => (isOwnModule(id, projectDirectory) ? 0 : 1);
  return {
    file: main.source,
    bytes: main.bytes,
    digest: main.digest,
    modules: modules.toSorted((a, b) => own(a) - own(b) || (a < b ? -1 : 1)),
    assets: [...(inPlace ? [] : others.map(asAsset)), ...assets],
    warnings,
  };
}

/** A program in one file is a bundle already; it holds the job, and more than the job needs. */
async function programItself(
  file: string,
  { outDirectory, name = "job.mjs" }: BundleOptions,
): Promise<BundledModule> {
  const { source, bytes, digest } = await write(outDirectory, name, await readFile(file, "utf8"));
  return { file: source, bytes, digest, modules: [file], assets: [], warnings: [] };
}

/** The bundler knows modules by their real paths. A file of another project stands for itself. */
async function projectOf(file: string, given = path.dirname(file)): Promise<string> {
  const projectDirectory = await realpath(given);
  return isInside(projectDirectory, file) ? projectDirectory : path.dirname(file);
}

async function write(directory: string, name: string, text: string): Promise<WrittenBundle> {
  const source = path.join(directory, name);
  await mkdir(path.dirname(source), { recursive: true });
  await writeFile(source, text);
  const digest = createHash("sha256").update(text).digest("hex");
  return { path: name, source, bytes: Buffer.byteLength(text), digest: `sha256:${digest}` };
}

function asAsset({ path: name, source }: WrittenBundle): BundleAsset {
  return { path: name, source };
}

interface WrittenBundle extends BundleAsset {
  readonly bytes: number;
  readonly digest: string;
}
