import { readdir } from "node:fs/promises";

import { expect, inject, it } from "vitest";

import type { DockerEngine } from "../../engines/docker/docker-engine.ts";
import { runnableArguments } from "../../support/copied-project.ts";
import { runProgram } from "../../support/run-program.ts";
import { makeDockerProject } from "../docker-project.ts";

const engine = inject("dockerEngine") as DockerEngine;
const jobs = 20;

const files = {
  "double.job.ts": `import { writeFile } from "node:fs/promises";
import { defineJob } from "@runnable/core";
export default defineJob({
  catalog: { put: ["n.txt"] },
  async run({ parameters }) {
    await writeFile("n.txt", String(parameters.n));
    return { result: parameters.n * 2 };
  },
});
`,
  "all.ts": `import double from "./double.job.ts";
const numbers = Array.from({ length: ${jobs} }, (_, n) => n);
const ends = await Promise.all(numbers.map((n) => double.execute({ parameters: { n } })));
console.log(JSON.stringify(ends.map(({ returns }) => returns.result)));
`,
};

it.skipIf(!engine)(
  "jobs that one process submits at once all end, each with its own result, and leave nothing",
  { timeout: 300_000 },
  async () => {
    await using project = await makeDockerProject(engine, files);
    const env = engine.host === undefined ? {} : { DOCKER_HOST: engine.host };

    const [program, , means] = runnableArguments(project.directory, [], env);
    const { code, stdout, stderr } = await runProgram([program, "all.ts"], {
      ...means,
      timeoutMs: 280_000,
    });

    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout.trim().split("\n").at(-1) ?? "")).toEqual(
      Array.from({ length: jobs }, (_, n) => n * 2),
    );
    expect(await project.containers()).toEqual([]);
    expect(await readdir(project.path(".runnable/submissions"))).toEqual([]);
    expect(await readdir(project.path(".runnable/stage"))).toEqual([]);
  },
);
