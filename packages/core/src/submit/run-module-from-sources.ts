import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { isBuiltin } from "node:module";
import path from "node:path";

import { RunnableError } from "@runnable/plugin";
import type { OutputChunk } from "rolldown";

import { createOnce } from "../files/create-once.ts";
import { replaceFile } from "../files/replace-file.ts";

/** A bundle made earlier, with all that it was made of. */
interface CachedBundle {
  readonly file: string;
  readonly inputs: readonly { readonly path: string; readonly stamp: string }[];
}

/**
 * Bundles a module into `<cacheDirectory>/<name>-<digest>.mjs`, or finds the bundle of the last call when no source changed.
 * For development only: published packages bring the bundle with them.
 * @throws RunnableError RUN_MODULE_FAILED when the module imports anything that is not Node's own or bundled.
 */
export async function runModuleFromSources(options: {
  readonly entry: string;
  readonly cacheDirectory: string;
}): Promise<string> {
  const name = path.basename(options.entry, ".ts");
  const key = createHash("sha256").update(options.entry).digest("hex").slice(0, 8);
  const index = path.join(options.cacheDirectory, `${name}-${key}.json`);
  const cached = await readCachedBundle(index);
  if (cached !== undefined && (await isFresh(cached))) return cached.file;

  const made = await makeBundle(options.entry, path.join(options.cacheDirectory, name));
  await replaceFile(index, JSON.stringify(made), { durable: false });
  return made.file;
}

async function makeBundle(entry: string, prefix: string): Promise<CachedBundle> {
  const { code, imports, dynamicImports, moduleIds } = await bundle(entry);
  const foreign = [...imports, ...dynamicImports].filter((id) => !isBuiltin(id));
  if (foreign.length > 0) {
    throw new RunnableError("RUN_MODULE_FAILED", `${entry} imports ${foreign.join(", ")}`, {
      hint: "Let the job side import Node's own modules and what can be bundled.",
    });
  }

  const digest = createHash("sha256").update(code).digest("hex").slice(0, 16);
  const file = `${prefix}-${digest}.mjs`;
  // Not written over: another process may be sending it, and looks whether it changed.
  await createOnce(file, code, { durable: false });
  const inputs = moduleIds.filter((id) => path.isAbsolute(id));
  return {
    file,
    inputs: await Promise.all(inputs.map(async (id) => ({ path: id, stamp: await stampOf(id) }))),
  };
}

async function bundle(entry: string): Promise<OutputChunk> {
  const { rolldown } = await import("rolldown");
  const build = await rolldown({
    input: entry,
    platform: "node",
    tsconfig: false,
    onLog: () => undefined,
  });
  try {
    const { output } = await build.generate({ format: "esm", codeSplitting: false });
    return output[0];
  } finally {
    await build.close();
  }
}

async function readCachedBundle(index: string): Promise<CachedBundle | undefined> {
  try {
    return JSON.parse(await readFile(index, "utf8")) as CachedBundle;
  } catch {
    return undefined;
  }
}

async function isFresh({ file, inputs }: CachedBundle): Promise<boolean> {
  const stamps = await Promise.all([file, ...inputs.map((input) => input.path)].map(stampOf));
  return stamps[0] !== "" && inputs.every(({ stamp }, at) => stamp === stamps[at + 1]);
}

async function stampOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size } = await stat(file);
    return `${mtimeMs}:${size}`;
  } catch {
    return "";
  }
}
