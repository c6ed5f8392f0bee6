import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

import { RunnableError } from "@runnable/plugin";

import { bundledProgram } from "../files/bundled-program.ts";

/**
 * Absolute path of `run.mjs`: the job side in one file, prebuilt once a core version. Where core itself runs from its sources, it
 * is bundled into core's `node_modules/.cache`, and again when a source changes. A program in one file writes it into `directory`.
 * @throws RunnableError RUN_MODULE_MISSING for such a program when it is made of core's sources, or where it has no directory.
 */
export async function runModule(directory?: string): Promise<string> {
  const program = bundledProgram();
  if (program !== undefined) return await writeRunModule(program, directory);
  const core = path.dirname(createRequire(import.meta.url).resolve("@runnable/core/package.json"));
  if (!import.meta.url.endsWith(".ts")) return path.join(core, "dist/run.mjs");
  const { runModuleFromSources } = await import("./run-module-from-sources.ts");
  return await runModuleFromSources({
    entry: path.join(core, "src/job-side.ts"),
    cacheDirectory: path.join(core, "node_modules/.cache/runnable"),
  });
}

async function writeRunModule(program: string, directory: string | undefined): Promise<string> {
  const { runModuleText } = await import("./run-module-text.ts");
  if (runModuleText === "" || directory === undefined) {
    throw new RunnableError("RUN_MODULE_MISSING", `${program} does not hold the job side`, {
      hint: "Bundle the published @runnable/core, not its sources.",
      exitCode: 78,
    });
  }
  const file = path.join(directory, "run.mjs");
  await mkdir(directory, { recursive: true });
  await writeFile(file, runModuleText);
  return file;
}
