import { expect, it } from "vitest";

import { readConfig } from "../../src/configure/read-config.ts";
import { projectTree, type ProjectTree } from "../discover/project-tree.ts";

async function choose(tree: ProjectTree, executor: string, cwd = tree.directory) {
  const { sections, problems } = await readConfig({ cwd, env: {}, executor });
  expect(problems).toEqual([]);
  return sections["job-executor"];
}

const files = {
  "package.json": {
    runnable: { executors: { hpc: { entry: "./hpc.ts", aliases: ["old-hpc"] }, gpu: "./gpu.ts" } },
  },
  "runnable-config.yaml": `
job-executor: { type: hpc, config: { queue: own } }
job-executors:
  gpu: { config: { queue: fast } }
  local:
`,
};

it("takes the file's own section when it is of that type", async () => {
  using tree = projectTree(files);

  expect(await choose(tree, "hpc")).toEqual({
    type: "hpc",
    config: { queue: "own" },
    at: ["job-executor"],
  });
});

it("counts an alias as the type", async () => {
  using tree = projectTree(files);

  expect(await choose(tree, "old-hpc")).toMatchObject({ config: { queue: "own" } });
});

it("takes the type's section of job-executors otherwise", async () => {
  using tree = projectTree(files);

  expect(await choose(tree, "gpu")).toEqual({
    type: "gpu",
    config: { queue: "fast" },
    at: ["job-executors", "gpu"],
  });
  expect(await choose(tree, "local")).toMatchObject({ type: "local", config: {} });
});

it("takes the type's defaults at last", async () => {
  using tree = projectTree(files);

  expect(await choose(tree, "emulator")).toEqual({ type: "emulator", config: {}, at: undefined });
});

it("works without a file", async () => {
  using tree = projectTree({ "package.json": {} });

  expect(await choose(tree, "emulator")).toEqual({ type: "emulator", config: {}, at: undefined });
});

it("takes a path as one from the working directory", async () => {
  using tree = projectTree({
    "package.json": {},
    "runnable-config.yaml": "job-executor: { type: ./executors/x.ts, config: { queue: own } }",
    "executors/x.ts": "",
  });

  const chosen = await choose(tree, "./x.ts", tree.path("executors"));

  expect(chosen).toMatchObject({ type: "./executors/x.ts", config: { queue: "own" } });
});

it("reports what is wrong in job-executors once", async () => {
  using tree = projectTree({ "runnable-config.yaml": "job-executors: { gpu: { config: 3 } }" });

  const { problems } = await readConfig({ cwd: tree.directory, env: {}, executor: "gpu" });

  expect(problems).toMatchObject([
    { code: "CONFIG_VALUE", path: ["job-executors", "gpu", "config"] },
  ]);
});
