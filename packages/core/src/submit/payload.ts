import { mkdir } from "node:fs/promises";
import path from "node:path";

import type { PayloadFile, PayloadMode } from "@runnable/plugin";

import type { Job, JobReference } from "../jobs/job.ts";
import { scriptFiles } from "../jobs/script-files.ts";
import { bundleModule, type BundledModule } from "./bundle-module.ts";
import { payloadFile } from "./payload-file.ts";
import { stagePayload, type StagedPayload } from "./payload-stage.ts";
import { projectFiles, type ProjectFile } from "./project-files.ts";
import { runModule } from "./run-module.ts";
import { unpackedFile } from "./unpacked-file.ts";

/** A module that travels beside the job: a store that is not embedded, or one that runs around the job. */
export interface PayloadModule {
  /** Where it goes, relative to the payload: `stores/run-log.mjs`. */
  readonly path: string;
  /** Absolute path of the module as it is installed here. */
  readonly entry: string;
}

/** What the payload of one attempt is made of. */
export interface PayloadOptions {
  readonly mode: PayloadMode;
  readonly reference: JobReference;
  readonly job: Job;
  /** Absolute: `<project>/.runnable/stage/<run_id>-a<n>`. Made when it is not there. */
  readonly stageDirectory: string;
  /** Absolute; the job's `files` are relative to it. */
  readonly workingDirectory: string;
  /** Absolute. */
  readonly projectDirectory: string;
  readonly modules?: readonly PayloadModule[];
  /** More files for the job's working directory. */
  readonly extraFiles?: readonly ProjectFile[];
}

/**
 * Lays out what travels so that the job can run. Mode `bundle`: `run.mjs`, `job.mjs` with its assets, modules, and the
 * job's files, declared or named in a script job's argv, below `files/`. Mode `mount`: `run.mjs` and modules. Mode `image`: nothing.
 * @throws RunnableError BUNDLE_FAILED, BUNDLE_UNSUPPORTED as `bundleModule`; FILES_UNMATCHED, PATH_OUTSIDE as `projectFiles`.
 */
export async function makePayload(options: PayloadOptions): Promise<StagedPayload> {
  const { mode, stageDirectory } = options;
  await mkdir(stageDirectory, { recursive: true });
  const [bundle, run, modules, files] = await Promise.all([
    mode === "bundle" ? bundleJob(options) : undefined,
    mode === "image" ? [] : runFiles(options),
    mode === "image" ? [] : moduleFiles(options),
    mode === "image" ? [] : workingFiles(options),
  ]);
  return stagePayload({
    mode,
    stageDirectory,
    job: { module: jobModule(options), exportName: options.reference.exportName },
    files: [
      ...run,
      ...(bundle === undefined ? [] : await bundleFiles(bundle, "", stageDirectory)),
      ...modules,
      ...files,
    ],
    bundle,
  });
}

async function bundleJob(options: PayloadOptions): Promise<BundledModule> {
  const { reference, stageDirectory, projectDirectory } = options;
  return await bundleModule({
    file: reference.file,
    outDirectory: stageDirectory,
    projectDirectory,
  });
}

/** The files of a bundle, below the directory of the payload that it goes to. */
async function bundleFiles(
  bundle: BundledModule,
  directory: string,
  stageDirectory: string,
): Promise<readonly PayloadFile[]> {
  const { file, bytes, digest } = bundle;
  const main = {
    path: path.posix.join(directory, path.basename(file)),
    source: file,
    bytes,
    digest,
    mode: 0o644,
  };
  const assets = bundle.assets.map((asset) =>
    installedFile(path.posix.join(directory, asset.path), asset.source, stageDirectory),
  );
  return [main, ...(await Promise.all(assets))];
}

async function runFiles({ stageDirectory }: PayloadOptions): Promise<readonly PayloadFile[]> {
  return [await installedFile("run.mjs", await runModule(stageDirectory), stageDirectory)];
}

/** A file that may be part of an installed package. */
async function installedFile(
  name: string,
  source: string,
  stageDirectory: string,
): Promise<PayloadFile> {
  const copy = path.join(stageDirectory, "unpacked", name);
  return await payloadFile(name, await unpackedFile(source, copy));
}

async function moduleFiles(options: PayloadOptions): Promise<readonly PayloadFile[]> {
  const bundles = (options.modules ?? []).map(async (module) => {
    const directory = path.posix.dirname(module.path);
    const bundle = await bundleModule({
      file: module.entry,
      outDirectory: path.join(options.stageDirectory, directory),
      name: path.posix.basename(module.path),
    });
    return await bundleFiles(bundle, directory, options.stageDirectory);
  });
  return (await Promise.all(bundles)).flat();
}

async function workingFiles(options: PayloadOptions): Promise<readonly PayloadFile[]> {
  const { job, workingDirectory, extraFiles = [] } = options;
  const { definition } = job;
  const scripts =
    definition.kind === "script" ? await scriptFiles(definition.argv, workingDirectory) : [];
  const files = await projectFiles({
    patterns: definition.files ?? [],
    workingDirectory,
    extraFiles: [...extraFiles, ...scripts],
  });
  return await Promise.all(files.map((file) => payloadFile(`files/${file.path}`, file.source)));
}

function jobModule({ mode, reference, projectDirectory }: PayloadOptions): string {
  if (mode === "bundle") return "job.mjs";
  if (mode === "mount") return reference.file;
  return path.relative(projectDirectory, reference.file).replaceAll(path.sep, "/");
}
