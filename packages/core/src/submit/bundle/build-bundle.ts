import { isBuiltin } from "node:module";
import path from "node:path";

import { RunnableError } from "@runnable/plugin";
import { rolldown, type OutputChunk, type Plugin } from "rolldown";

import type { OriginalLines } from "../../output/original-places.ts";
import { addonsPlugin } from "./addons-plugin.ts";
import { bundleFailed } from "./bundle-failed.ts";
import { classFieldsPlugin } from "./class-fields-plugin.ts";
import type { BundleFinding } from "./finding.ts";
import { importersPlugin, type Importers } from "./importers-plugin.ts";
import { jobsPlugin } from "./jobs-plugin.ts";
import { moduleFormatPlugin } from "./module-format-plugin.ts";
import { originalLines } from "./original-lines.ts";
import { isOwnModule } from "./own-module.ts";
import { placePlugin } from "./place-plugin.ts";
import type { ModuleScan } from "./scan-module.ts";
import { scanPlugin } from "./scan-plugin.ts";

/** What to build. */
export interface BuildOptions {
  /** Absolute. */
  readonly file: string;
  /** Absolute. */
  readonly projectDirectory: string;
  /** Directory of the first bundle, relative to that of this one. */
  readonly root: string;
  readonly inPlace: boolean;
}

/** One file in the making: its places are not filled in yet. */
export interface BuiltBundle {
  readonly code: string;
  /** Absolute paths. */
  readonly modules: readonly string[];
  /** Absolute paths of files that its modules reach by their own place. */
  readonly files: readonly string[];
  /** Absolute paths of modules that it starts by path. */
  readonly workers: readonly string[];
  readonly findings: readonly BundleFinding[];
  /** Native addons that it imports, absolute. */
  readonly addons: readonly string[];
  readonly importers: Importers;
  /** Where the lines of the user's own modules are in it. */
  readonly lines: OriginalLines;
}

/** The oldest Node that the other side may have. */
const target = "node22.19";

/** The user's own modules do what they do when imported, also where the project's package.json says `sideEffects: false`. */
const ownSideEffects = { test: /^(?!.*[\\/]node_modules[\\/])/u, sideEffects: true };

/**
 * Bundles one module in memory.
 * @throws RunnableError BUNDLE_FAILED when a module does not parse or an import does not resolve.
 */
export async function buildBundle(options: BuildOptions): Promise<BuiltBundle> {
  const scans = new Map<string, ModuleScan>();
  const addons = new Set<string>();
  const importers = new Map<string, readonly string[]>();
  const plugins = [
    jobsPlugin(options.inPlace),
    placePlugin(options.root),
    addonsPlugin({ addons, inPlace: options.inPlace }),
    scanPlugin({ scans, inPlace: options.inPlace }),
    classFieldsPlugin(),
    moduleFormatPlugin(options.file),
    importersPlugin(importers),
  ];
  try {
    const chunk = await generate(options, plugins);
    refuseUnresolved(chunk, options);
    const lines = linesOf(chunk, options);
    return { ...describeChunk(chunk, scans), addons: [...addons], importers, lines };
  } catch (error) {
    throw error instanceof RunnableError ? error : bundleFailed(error, options.file);
  }
}

async function generate(
  { file, projectDirectory }: BuildOptions,
  plugins: readonly Plugin[],
): Promise<OutputChunk> {
  const build = await rolldown({
    input: file,
    cwd: projectDirectory,
    platform: "node",
    plugins: [...plugins],
    transform: { target, define: { "import.meta.main": "false" } },
    treeshake: { moduleSideEffects: [ownSideEffects] },
    onLog: () => undefined,
  });
  try {
    const { output } = await build.generate({
      // Nothing is written; the map's sources are relative to it.
      dir: projectDirectory,
      format: "esm",
      codeSplitting: false,
      keepNames: true,
      sourcemap: "hidden",
      sourcemapExcludeSources: true,
    });
    return output[0];
  } finally {
    await build.close();
  }
}

/** Only what is left after tree-shaking counts. */
function describeChunk(
  { code, moduleIds }: OutputChunk,
  scans: ReadonlyMap<string, ModuleScan>,
): Omit<BuiltBundle, "addons" | "importers" | "lines"> {
  const modules = moduleIds.filter((id) => path.isAbsolute(id));
  const kept = modules.map((id) => scans.get(id)).filter((scan) => scan !== undefined);
  return {
    code,
    modules,
    files: kept.flatMap((scan) => scan.files),
    workers: kept.flatMap((scan) => scan.modules),
    findings: kept.flatMap((scan) => scan.findings),
  };
}

function linesOf({ map }: OutputChunk, { projectDirectory }: BuildOptions): OriginalLines {
  const names = (map?.sources ?? []).map((source) =>
    isOwnModule(path.resolve(projectDirectory, source), projectDirectory) ? source : undefined,
  );
  return originalLines(map?.mappings ?? "", names);
}

/** What the bundler leaves as an import is not there: the bundle would not even load. */
function refuseUnresolved({ imports }: OutputChunk, { file }: BuildOptions): void {
  const missing = imports.filter((id) => !isBuiltin(id) && !id.startsWith("file:"));
  if (missing.length === 0) return;
  throw new RunnableError("BUNDLE_FAILED", `${file} imports ${missing.join(", ")}, not found`, {
    hint: `Install ${missing.join(", ")} in the project.`,
    exitCode: 78,
  });
}
