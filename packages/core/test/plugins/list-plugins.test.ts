import { expect, it } from "vitest";

import { listPlugins } from "../../src/plugins.ts";
import { plugin } from "../discover/discover.ts";
import { projectTree, type ProjectTree } from "../discover/project-tree.ts";

async function foreign(tree: ProjectTree) {
  const { plugins, notes } = await listPlugins({ cwd: tree.directory, env: {} });
  return { plugins: plugins.filter(({ scope }) => scope !== "built-in"), notes };
}

it("tells all of a type that its package.json tells", async () => {
  using tree = projectTree({
    "package.json": { dependencies: { x: "1" } },
    "node_modules/x/package.json": plugin(
      "x",
      {
        hpc: {
          entry: "./hpc.js",
          kind: "remote",
          summary: "A queue",
          aliases: ["queue"],
          deprecated: { since: "2.0", because: "it is slow", use: "hpc2" },
        },
      },
      { peerDependencies: { "@runnable/plugin": "^99" } },
    ),
    "node_modules/x/hpc.js": "throw new Error('imported')",
  });

  expect((await foreign(tree)).plugins).toEqual([
    {
      type: "hpc",
      aliases: ["queue"],
      kind: "job-executor",
      executor: "remote",
      package: "x",
      version: "1.0.0",
      scope: "dependency",
      name: "x:hpc",
      state: "deprecated",
      reason: 'since 2.0; it is slow; use "hpc2"',
      warning: expect.stringContaining("x 1.0.0 wants @runnable/plugin ^99; installed is "),
      summary: "A queue",
      entry: tree.path("node_modules/x/hpc.js"),
    },
  ]);
});

it("lists what is not installed: types that are known, and packages that the configuration names", async () => {
  using tree = projectTree({
    "package.json": { dependencies: { "@runnable/slurm": "1", other: "1" } },
    "runnable-config.yaml": "plugins: [gone]",
    "yarn.lock": "",
  });

  const { plugins } = await foreign(tree);

  expect(plugins.map(({ name, state }) => `${name} ${state}`)).toEqual([
    "gone not-installed",
    "@runnable/slurm:slurm not-installed",
  ]);
  expect(plugins[1]?.reason).toContain("Run: yarn install");
});

it("lists broken entries by name, and a package that is no JSON", async () => {
  using tree = projectTree({
    "package.json": { dependencies: { a: "1", b: "1" } },
    "node_modules/a/package.json": '{ "runnable": ',
    "node_modules/b/package.json": plugin("b", { "not a name": "./b.js", number: 3 }),
  });

  const { plugins } = await foreign(tree);

  expect(plugins.map(({ package: name, type, state }) => [name, type, state])).toEqual([
    ["a", "", "broken"],
    ["b", "not a name", "broken"],
    ["b", "number", "broken"],
  ]);
});

it("lists what it can beside a configuration that is broken, and says so", async () => {
  using tree = projectTree({
    "package.json": plugin("app", { mine: "./mine.ts" }),
    "mine.ts": "",
    "runnable-config.yaml": "plugins: [",
  });

  const { plugins, notes } = await foreign(tree);

  expect(plugins.map(({ name }) => name)).toEqual(["app:mine"]);
  expect(notes).toHaveLength(1);
});

it("refuses a configuration that is named and not there", async () => {
  using tree = projectTree({ "package.json": {} });

  const listing = listPlugins({ cwd: tree.directory, env: {}, configFile: "gone.yaml" });

  await expect(listing).rejects.toMatchObject({ code: "CONFIG_INVALID", exitCode: 78 });
});

it("says the same in the same words each time", async () => {
  using tree = projectTree({
    "package.json": { dependencies: { b: "1", a: "1" } },
    "node_modules/b/package.json": plugin("b", { gpu: "./b.js" }),
    "node_modules/a/package.json": plugin("a", { gpu: "./a.js" }),
  });

  const [first, second] = [await foreign(tree), await foreign(tree)];

  expect(JSON.stringify(first)).toBe(JSON.stringify(second));
});
