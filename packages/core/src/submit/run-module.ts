import { createRequire } from "node:module";
import path from "node:path";

/**
 * Absolute path of `run.mjs`: the job side in one file, prebuilt once a core version.
 * Where core itself runs from its sources, it is bundled into core's `node_modules/.cache`, and again when a source changes.
 */
export async function runModule(): Promise<string> {
  const core = path.dirname(createRequire(import.meta.url).resolve("@runnable/core/package.json"));
  if (!import.meta.url.endsWith(".ts")) return path.join(core, "dist/run.mjs");
  const { runModuleFromSources } = await import("./run-module-from-sources.ts");
  return await runModuleFromSources({
    entry: path.join(core, "src/job-side.ts"),
    cacheDirectory: path.join(core, "node_modules/.cache/runnable"),
  });
}
