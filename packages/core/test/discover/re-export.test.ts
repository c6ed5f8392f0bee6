import { expect, it } from "vitest";

import { createDiscovery } from "../../src/discover/discovery.ts";
import { projectTree, type ProjectTree } from "./project-tree.ts";

function discover(tree: ProjectTree) {
  return createDiscovery({ projectDirectory: tree.directory, packages: [], allow: undefined });
}

function plugin(name: string, executors: object, dependencies: object = {}) {
  return { name, version: "1.0.0", dependencies, runnable: { executors } };
}

const project = { "package.json": { dependencies: { "@acme/hpc": "1" } } };
const slurm = {
  "node_modules/@acme/hpc/node_modules/@rt/q/package.json": plugin("@rt/q", {
    q: { entry: "./q.js", kind: "remote", summary: "A queue", aliases: ["queue"] },
  }),
};

it("leads to the module of a package that only the re-exporting one sees", () => {
  using tree = projectTree({
    ...project,
    ...slurm,
    "node_modules/@acme/hpc/package.json": plugin("@acme/hpc", {
      hpc: { from: "@rt/q:q", defaults: { partition: "prod" }, locked: ["account"] },
    }),
  });

  const found = discover(tree).find("job-executor", "hpc");

  expect(found).toMatchObject({
    candidate: {
      type: "hpc",
      aliases: [],
      packageName: "@acme/hpc",
      provider: { packageName: "@rt/q" },
      entry: tree.path("node_modules/@acme/hpc/node_modules/@rt/q/q.js"),
      declaredKind: "remote",
      summary: "A queue",
      defaults: { partition: "prod" },
      locked: [{ key: "account", by: "@acme/hpc:hpc" }],
      via: ["@rt/q:q"],
    },
  });
});

it("may lead to another, whose defaults it overrides", () => {
  using tree = projectTree({
    ...project,
    ...slurm,
    "node_modules/@acme/hpc/package.json": plugin("@acme/hpc", {
      base: { from: "@rt/q:q", defaults: { a: { x: 1, y: 1 }, b: 1 }, locked: ["account"] },
      hpc: { from: "@acme/hpc:base", defaults: { a: { y: 2 } }, locked: ["b"] },
    }),
  });

  expect(discover(tree).find("job-executor", "hpc")).toMatchObject({
    candidate: {
      defaults: { a: { x: 1, y: 2 }, b: 1 },
      locked: [
        { key: "account", by: "@acme/hpc:base" },
        { key: "b", by: "@acme/hpc:hpc" },
      ],
      via: ["@acme/hpc:base", "@rt/q:q"],
    },
  });
});

it.each([
  ["to a package that can't be seen", { hpc: { from: "@acme/gone:x" } }, "PLUGIN_REDIRECT_BROKEN"],
  ["to a type that is not there", { hpc: { from: "@rt/q:none" } }, "PLUGIN_REDIRECT_BROKEN"],
  ["to itself", { hpc: { from: "@acme/hpc:hpc" } }, "PLUGIN_REDIRECT_CYCLE"],
  [
    "in a circle",
    { hpc: { from: "@acme/hpc:other" }, other: { from: "@acme/hpc:hpc" } },
    "PLUGIN_REDIRECT_CYCLE",
  ],
  [
    "over too many steps",
    {
      hpc: { from: "@acme/hpc:b" },
      b: { from: "@acme/hpc:c" },
      c: { from: "@acme/hpc:d" },
      d: { from: "@acme/hpc:e" },
      e: { from: "@acme/hpc:f" },
      f: "./f.js",
    },
    "PLUGIN_REDIRECT_CYCLE",
  ],
  [
    "against a lock",
    {
      hpc: { from: "@acme/hpc:base", defaults: { a: { b: 1 } } },
      base: { from: "@rt/q:q", locked: ["a.b"] },
    },
    "PLUGIN_MANIFEST_INVALID",
  ],
  ["without a type", { hpc: { from: "@rt/q" } }, "PLUGIN_MANIFEST_INVALID"],
])("is a listed problem where it leads %s", (_, executors, code) => {
  using tree = projectTree({
    ...project,
    ...slurm,
    "node_modules/@acme/hpc/package.json": plugin("@acme/hpc", { ...executors, fine: "./fine.js" }),
  });
  const discovery = discover(tree);

  expect(discovery.listTypes("job-executor").findings.map((finding) => finding.code)).toContain(
    code,
  );
  expect(discovery.find("job-executor", "hpc")).toHaveProperty("finding");
  expect(discovery.find("job-executor", "fine")).toHaveProperty("candidate");
});

it("counts as one with another that leads to the same module in the same way", () => {
  using tree = projectTree({
    "package.json": { dependencies: { a: "1", b: "1", q: "1" } },
    "node_modules/a/package.json": plugin("a", { hpc: { from: "q:q", defaults: { n: 1 } } }),
    "node_modules/b/package.json": plugin("b", { hpc: { from: "q:q", defaults: { n: 1 } } }),
    "node_modules/q/package.json": plugin("q", { q: "./q.js" }),
  });

  expect(discover(tree).find("job-executor", "hpc")).toHaveProperty("candidate.packageName", "a");

  tree.write("node_modules/b/package.json", plugin("b", { hpc: { from: "q:q" } }));

  expect(discover(tree).find("job-executor", "hpc")).toHaveProperty(
    "finding.code",
    "EXECUTOR_AMBIGUOUS",
  );
});
