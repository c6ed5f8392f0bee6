import path from "node:path";

import { isRunnableError } from "@runnable/plugin";

import { buildBundle } from "./build-bundle.ts";
import { bundleUnsupported, describeFinding } from "./bundle-unsupported.ts";
import { judgeFindings, type Judgement } from "./judge-findings.ts";
import { layOutBundles, type BundleLayout, type NamedBundle } from "./lay-out.ts";
import { isOwnModule } from "./own-module.ts";

/** A module to bundle: see `bundleModule`. */
export interface EntryOptions {
  /** Absolute. */
  readonly file: string;
  /** Name of its bundle: `job.mjs`. */
  readonly name: string;
  /** Absolute. */
  readonly projectDirectory: string;
  readonly inPlace: boolean;
}

/** The entry's bundle and those of its workers, not written yet. */
export interface Bundles extends BundleLayout {
  /** Absolute paths. */
  readonly modules: readonly string[];
  readonly warnings: readonly string[];
}

interface JudgedBundle extends NamedBundle, Judgement {}

/** Bundles a module and the workers that it starts, each in one file. @throws RunnableError as `bundleModule`. */
export async function bundleWithWorkers(options: EntryOptions): Promise<Bundles> {
  const { projectDirectory, inPlace } = options;
  const bundles = await buildAll(options);
  const all = [...bundles.values()];
  const refused = inPlace ? [] : all.flatMap((judged) => judged.refused);
  if (refused.length > 0) throw bundleUnsupported(options.file, refused, projectDirectory);
  const doubtful = inPlace ? [] : all.flatMap((judged) => judged.doubtful);
  return {
    ...layOutBundles(bundles, inPlace ? undefined : `${stem(options.name)}.assets`),
    modules: [...new Set(all.flatMap(({ bundle }) => bundle.modules))],
    warnings: doubtful.map((finding) => describeFinding(finding, projectDirectory)),
  };
}

/** By the absolute path of the module; the entry is the first. */
async function buildAll(options: EntryOptions): Promise<ReadonlyMap<string, JudgedBundle>> {
  const bundles = new Map<string, JudgedBundle>();
  const queue = [options.file];
  for (const file of queue) {
    const name = file === options.file ? options.name : workerName(options, file, bundles.size);
    const judged = bundles.has(file) ? undefined : await buildOne(options, file, name);
    if (judged === undefined) continue;
    bundles.set(file, judged);
    queue.push(...judged.bundle.workers);
  }
  return bundles;
}

/** Undefined for a worker of a package that can't be bundled: it is brought along as it is. */
async function buildOne(
  options: EntryOptions,
  file: string,
  name: string,
): Promise<JudgedBundle | undefined> {
  const isOwn = (id: string): boolean => isOwnModule(id, options.projectDirectory);
  const mayFail = file !== options.file && !isOwn(file);
  const root = path.relative(path.dirname(name), ".");
  try {
    const bundle = await buildBundle({ ...options, file, root });
    const judgement = judgeFindings(bundle, { file, isOwn });
    return mayFail && judgement.refused.length > 0 ? undefined : { name, bundle, ...judgement };
  } catch (error) {
    if (mayFail && isRunnableError(error)) return undefined;
    throw error;
  }
}

function workerName({ name }: EntryOptions, file: string, count: number): string {
  return `${stem(name)}.workers/${count}-${stem(path.basename(file))}.mjs`;
}

function stem(name: string): string {
  return path.basename(name, path.extname(name));
}
