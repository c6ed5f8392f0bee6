/** Builds what is published: JavaScript by rolldown, declarations by TypeScript (not with `--code-only`), both into `dist`. */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";

import { rolldown } from "rolldown";
import type {
  CodeSplittingGroup,
  InputOptions,
  OutputOptions,
  Plugin,
  RolldownOutput,
} from "rolldown";

import { packageEntries } from "./package-entries.ts";
import { root, workspacePackages } from "./workspace-packages.ts";
import type { WorkspacePackage } from "./workspace-packages.ts";

const target = "node22.19";
const packages = workspacePackages();

/** Chunks by name, each of some modules and all that they import statically; the first has what several share. */
const startChunks: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "@runnable/cli": { main: ["main.ts"], run: ["commands/run.ts"] },
  "@runnable/core": {
    start: [
      "run-job.ts",
      "run-direct.ts",
      "index.ts",
      "stores/file-system-run-log.ts",
      "stores/file-system-catalog.ts",
      "stores/env-secrets.ts",
    ],
  },
};

for (const { folder } of packages) {
  rmSync(path.join(folder, "dist"), { recursive: true, force: true });
}
await Promise.all(packages.map(buildPackage));
if (!process.argv.includes("--code-only")) buildDeclarations();

async function buildPackage(pkg: WorkspacePackage): Promise<void> {
  const started = performance.now();
  const input = packageEntries(pkg);
  if (Object.keys(input).length === 0) return;
  const jobSide = await buildJobSide(pkg);
  await bundle(
    { input, external: externalOf(pkg), plugins: [publishedPlugin(jobSide)] },
    {
      dir: path.join(pkg.folder, "dist"),
      chunkFileNames: "chunks/[name]-[hash].js",
      codeSplitting: { groups: startGroups(pkg) },
    },
  );
  console.log(`${pkg.manifest.name}  ${Math.round(performance.now() - started)} ms`);
}

/**
 * Few chunks for what the commonest command needs, `runnable run` of a function in this process: each file that Node loads costs
 * about 0.5 ms, and there would be sixty.
 */
function startGroups({ manifest, folder }: WorkspacePackage): CodeSplittingGroup[] {
  const chunks = Object.entries(startChunks[manifest.name] ?? {});
  return chunks.map(([name, modules], index) => {
    const files = modules.map((file) => path.join(folder, "src", file));
    return { name, test: (id: string) => files.includes(id), priority: chunks.length - index };
  });
}

/** dist/run.mjs of core: the job side travels in the payload, so it is one file that needs nothing but Node. */
async function buildJobSide(pkg: WorkspacePackage): Promise<string> {
  const input = path.join(pkg.folder, "src/job-side.ts");
  if (pkg.manifest.name !== "@runnable/core" || !existsSync(input)) return "";
  const file = path.join(pkg.folder, "dist/run.mjs");
  const { output } = await bundle(
    { input, external: isNodeBuiltin },
    { file, codeSplitting: false },
  );

  const imports = output.flatMap((chunk) =>
    chunk.type === "chunk" ? [...chunk.imports, ...chunk.dynamicImports] : [],
  );
  const foreign = imports.filter((id) => !isNodeBuiltin(id));
  if (foreign.length > 0) throw new Error(`${file} is not self-contained: ${foreign.join(", ")}`);
  return output[0].code;
}

/** What is published brings the job side ready-made: as a file, and as text for those who bundle core into a file of theirs. */
function publishedPlugin(jobSide: string): Plugin {
  return {
    name: "runnable:published",
    load(id) {
      const file = path.basename(id);
      if (file === "run-module-text.ts") {
        return `export const runModuleText = ${JSON.stringify(jobSide)};`;
      }
      return file === "run-module-from-sources.ts"
        ? "export const runModuleFromSources = undefined;"
        : null;
    },
  };
}

async function bundle(input: InputOptions, output: OutputOptions): Promise<RolldownOutput> {
  await using build = await rolldown({
    ...input,
    platform: "node",
    tsconfig: false,
    transform: { target },
    onLog: (level, log, print) => {
      // Of several entries one may import at once what another imports lazily.
      if (log.code === "INEFFECTIVE_DYNAMIC_IMPORT") return;
      print(level === "warn" ? "error" : level, log);
    },
  });
  return await build.write({ ...output, format: "esm" });
}

/** What npm installs beside the package stays out of its bundle; devDependencies go in. */
function externalOf({ manifest }: WorkspacePackage): (id: string) => boolean {
  const installed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  return (id) =>
    isNodeBuiltin(id) || installed.some((name) => id === name || id.startsWith(`${name}/`));
}

function isNodeBuiltin(id: string): boolean {
  return id.startsWith("node:") || isBuiltin(id);
}

function buildDeclarations(): void {
  const tsc = path.join(root, "node_modules/.bin/tsc");
  const { status } = spawnSync(tsc, ["-b", ...packages.map(({ folder }) => folder)], {
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}
