import { readFile } from "node:fs/promises";
import path from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { installProject, type PackedProject } from "./packed.ts";

const fixture = path.resolve(import.meta.dirname, "../fixtures/my-platform");

const files = {
  "square.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({
  run({ parameters }) {
    console.log("squaring");
    return { square: Number(parameters.n) ** 2 };
  },
});
`,
  "executors/here.ts": `import { defineDirectExecutor, type DirectContext } from "@runnable/plugin";
import { any } from "./any.ts";

export default defineDirectExecutor({
  config: any,
  async executeJob(ctx: DirectContext<object>) {
    ctx.log("before");
    return await ctx.run();
  },
});
`,
  "executors/any.ts": `import type { Schema } from "@runnable/plugin";

export const any: Schema<object, object> = {
  "~standard": { version: 1, vendor: "project", validate: (value) => ({ value: value as object }) },
};
`,
};

const manifest = (executors: object): string =>
  JSON.stringify({
    name: "project",
    version: "0.0.1",
    private: true,
    type: "module",
    dependencies: { "@acme/my-platform": "*", "@runnable/cli": "*", "@runnable/plugin": "*" },
    runnable: { executors },
  });

let project: PackedProject;

beforeAll(async () => {
  const script = await readFile(path.join(fixture, "my-platform.js"), "utf8");
  project = await installProject({
    ...files,
    // The same as a project would write it; a type shows that it is TypeScript.
    "executors/my-platform.ts": `// @ts-nocheck\n${script}\nexport interface Queue { readonly name: string }\n`,
    "package.json": manifest({
      "my-platform": "./executors/my-platform.ts",
      here: "./executors/here.ts",
    }),
  });
  await project.install(fixture);
  return () => project[Symbol.asyncDispose]();
}, 240_000);

/** `job-executor` of a type, with the settings of my-platform. */
async function writeConfig(type: string): Promise<void> {
  const config = { api_endpoint: project.path("platform"), queue_name: "batch jobs" };
  const section = JSON.stringify({ type, config });
  await project.write({ "runnable-config.yaml": `job-executor: ${section}\n` });
}

describe.each([
  ["named in the project's package.json", "my-platform", "project", "0.0.1"],
  ["a file of the project", "./executors/my-platform.ts", "project", "0.0.1"],
  ["of an installed package", "acme-platform", "@acme/my-platform", "4.5.6"],
  [
    "of a package, by its full name",
    "@acme/my-platform:acme-platform",
    "@acme/my-platform",
    "4.5.6",
  ],
])("an executor %s", (_, type, packageName, version) => {
  it("runs a job at once, and is recorded with the run", async () => {
    await writeConfig(type);
    const { code, stdout, stderr } = await project.run([
      "run",
      "square.job.ts",
      "-p",
      "n=7",
      "--json",
    ]);
    const shown = await project.run(["runs", "show", "latest", "--json"]);

    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: "succeeded", returns: { square: 49 } });
    expect(stderr).toContain("squaring");
    expect(JSON.parse(shown.stdout)).toMatchObject({
      run: { executor: { type, package: packageName, version } },
    });
  });
});

it("a direct executor of the project runs the job in the command's process", async () => {
  const { code, stdout, stderr } = await project.run([
    "run",
    "square.job.ts",
    "-p",
    "n=3",
    "-e",
    "here",
  ]);

  expect(code, stderr).toBe(0);
  expect(stdout).toBe("squaring\n");
  expect(stderr).toContain("before");
});

it("all that is wrong with its config is told by key and place", async () => {
  await project.write({
    "wrong.yaml": "job-executor:\n  type: my-platform\n  config:\n    queue_name: 3\n",
  });
  const { code, stderr } = await project.run(["run", "square.job.ts", "-c", "wrong.yaml"]);

  expect(code).toBe(78);
  expect(stderr).toContain("api_endpoint");
  expect(stderr).toContain("wrong.yaml:4:");
});

it("a need that it has no place for is refused beforehand, in `plan` and in `run`", async () => {
  await writeConfig("my-platform");
  await project.write({
    "memory.yaml": `$import: ./runnable-config.yaml\nrun-log-store: { type: buffered }\n`,
  });
  const argv = ["square.job.ts", "-c", "memory.yaml", "-p", "n=1"];
  const ends = await Promise.all(["plan", "run"].map((command) => project.run([command, ...argv])));

  for (const { code, stderr } of ends) {
    expect(code).toBe(78);
    expect(stderr).toContain("my-platform has no place for memory");
    expect(stderr).toContain("Nothing was submitted.");
  }
});
