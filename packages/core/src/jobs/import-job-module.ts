import { rmSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { importFile, moduleTypeHint } from "./import-file.ts";
import { currentLoading } from "./loading.ts";

/** Who loaded a job file: Node itself, or Node a bundled copy. */
export type JobModuleLoader = "node" | "bundler";

/** Bundles a module into one file of a directory; assets are the files that it finds beside itself. */
export type BundleJobModule = (options: {
  readonly file: string;
  readonly outDirectory: string;
}) => Promise<{
  readonly file: string;
  /** Absolute paths. */
  readonly modules: readonly string[];
  /** `path` relative to the directory, `source` absolute. */
  readonly assets?: readonly { readonly path: string; readonly source: string }[];
}>;

/** What is known of a module while it loads: its top level may never end. */
export interface JobModuleProgress {
  loader: JobModuleLoader;
  /** Absolute paths of the modules so far, the file first, without those in node_modules. */
  readonly modules: Set<string>;
}

/** Errors for TypeScript and imports that Node alone does not understand and a bundler does. Source: nodejs.org/api/errors.html. */
const bundlerUnderstands: ReadonlySet<unknown> = new Set([
  "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX",
  "ERR_UNKNOWN_FILE_EXTENSION",
  "ERR_IMPORT_ATTRIBUTE_MISSING",
  "ERR_UNSUPPORTED_DIR_IMPORT",
  "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING",
]);

/** Errors that a bundler may mend, or not: then Node's words are the clearer. */
const bundlerMayUnderstand: ReadonlySet<unknown> = new Set([
  "ERR_MODULE_NOT_FOUND",
  "MODULE_NOT_FOUND",
]);

/**
 * Imports a job file by Node's own loading; where that fails for want of TypeScript syntax or of a way to resolve an import,
 * a copy made by `bundle`. `progress` is filled on the way.
 * @throws whatever the module throws, or the bundler.
 */
export async function importJobModule(
  file: string,
  bundle: BundleJobModule,
  progress: JobModuleProgress,
): Promise<unknown> {
  try {
    return await importFile(file);
  } catch (error) {
    if (!mayBeMended(error)) throw error;
    forgetFirstTry(progress);
    return importBundled({ file, bundle, progress, first: error });
  }
}

/** Progress of a file that is about to be imported. */
export function beginProgress(file: string): JobModuleProgress {
  return { loader: "node", modules: new Set([file]) };
}

function mayBeMended(error: unknown): boolean {
  // Once its `execute()` was reached, a second evaluation would register it twice.
  if (currentLoading()?.registered.length) return false;
  const code = codeOf(error);
  return (
    bundlerUnderstands.has(code) || bundlerMayUnderstand.has(code) || error instanceof SyntaxError
  );
}

/** What the failed try loaded and defined is not the file's: the copy defines its own. */
function forgetFirstTry(progress: JobModuleProgress): void {
  currentLoading()?.defined.splice(0);
  progress.loader = "bundler";
  progress.modules.clear();
}

async function importBundled(options: {
  readonly file: string;
  readonly bundle: BundleJobModule;
  readonly progress: JobModuleProgress;
  readonly first: unknown;
}): Promise<unknown> {
  const { file, bundle, progress, first } = options;
  const outDirectory = await realpath(await mkdtemp(join(tmpdir(), "runnable-module-")));
  // Not before the end: the copy may read its assets at any time.
  process.once("exit", () => rmSync(outDirectory, { recursive: true, force: true }));
  const made = await bundle({ file, outDirectory }).catch((error: unknown) => {
    const isMended = bundlerUnderstands.has(codeOf(first)) || moduleTypeHint(first, file);
    throw isMended ? error : first;
  });
  await layAssets(outDirectory, made.assets ?? []);
  for (const path of [file, ...made.modules]) {
    if (!path.includes("/node_modules/")) progress.modules.add(path);
  }
  const loading = currentLoading();
  if (loading !== undefined) loading.entry = pathToFileURL(made.file).href;
  return importFile(made.file);
}

async function layAssets(
  directory: string,
  assets: readonly { readonly path: string; readonly source: string }[],
): Promise<void> {
  for (const { path, source } of assets) {
    const target = join(directory, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(source, target);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
