import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import type { Bench } from "../bench-setup.ts";
import type { Figure } from "../figure.ts";
import { interleave, type Subject } from "../interleave.ts";
import { timeProcess } from "../timed-process.ts";
import { trivialJob } from "../trivial-job.ts";

const core = path.resolve(import.meta.dirname, "../../../packages/core");

const zodJob = `
import { defineJob } from "@runnable/core";
import { z } from "zod";
export default defineJob({
  parameters: z.object({ epochs: z.int().default(3) }),
  run: ({ parameters }) => parameters,
});
`;

/** Making a job one file, in a process that has just begun; loading the bundler is in it. */
export async function bundling(bench: Bench): Promise<readonly Figure[]> {
  const directory = createProject(bench);

  const times = await interleave(
    { rounds: 7 },
    {
      loading: bundled(bench, directory),
      trivial: bundled(bench, directory, "trivial.job.ts"),
      zod: bundled(bench, directory, "zod.job.ts"),
    },
  );

  const loading = { name: "loading the bundler", ms: times.loading };
  return [
    { what: "bundling a trivial job", ms: times.trivial, peer: loading },
    { what: "bundling a job with zod", ms: times.zod, peer: loading },
  ];
}

function createProject({ scratch, modules }: Bench): string {
  const directory = path.join(scratch, "bundling");
  const nodeModules = path.join(directory, "node_modules");
  mkdirSync(nodeModules, { recursive: true });
  const zod = createRequire(path.join(core, "package.json")).resolve("zod/package.json");
  symlinkSync(path.dirname(zod), path.join(nodeModules, "zod"));
  symlinkSync(path.join(modules, "@runnable"), path.join(nodeModules, "@runnable"));
  writeFileSync(path.join(directory, "package.json"), '{ "type": "module" }');
  writeFileSync(path.join(directory, "trivial.job.ts"), trivialJob);
  writeFileSync(path.join(directory, "zod.job.ts"), zodJob);
  return directory;
}

/** The time that a process says it took for one bundle, or for loading the bundler alone. */
function bundled({ node }: Bench, directory: string, job?: string): Subject {
  const options = {
    file: job && path.join(directory, job),
    outDirectory: path.join(directory, "out"),
  };
  const action = job
    ? `(await import("./src/submit/bundle-module.ts")).bundleModule(${JSON.stringify(options)})`
    : 'import("./src/submit/bundle/bundle-with-workers.ts")';
  const script = `const t = performance.now(); await ${action}; console.log(performance.now() - t);`;
  const argv = [node, "--input-type=module", "-e", script] as const;
  return async () => Number((await timeProcess({ argv, cwd: core, keepOutput: true })).stdout);
}
