import path from "node:path";

import { expect, it } from "vitest";

import { createDiscovery } from "../../src/discover/discovery.ts";
import { filesOpened } from "./files-opened.ts";
import { projectTree, type ProjectTree } from "./project-tree.ts";

const core = path.resolve(import.meta.dirname, "../..");

/** Packages `p0` … of which the last is a plugin that provides `hpc`, as npm installs them, or pnpm. */
function installed(layout: "hoisted" | "isolated", count: number): ProjectTree {
  const names = Array.from({ length: count }, (_, index) => `p${index}`);
  const tree = projectTree({
    "package.json": { dependencies: Object.fromEntries(names.map((name) => [name, "1.0.0"])) },
  });
  for (const [index, name] of names.entries()) {
    const runnable = index === count - 1 ? { runnable: { executors: { hpc: "./hpc.js" } } } : {};
    const store = `node_modules/.pnpm/${name}@1.0.0/node_modules/${name}`;
    const folder = layout === "hoisted" ? `node_modules/${name}` : store;
    tree.write(`${folder}/package.json`, { name, version: "1.0.0", ...runnable });
    if (layout === "isolated") tree.link(`node_modules/${name}`, tree.path(store));
  }
  // Transitive packages: nobody looks at them.
  tree.write("node_modules/t/package.json", { name: "t", version: "1.0.0" });
  return tree;
}

function opened(directory: string, type: string): readonly string[] {
  const options = { projectDirectory: directory, packages: [], allow: undefined };
  let found: object = {};
  const files = filesOpened(() => {
    found = createDiscovery(options).find("job-executor", type);
  });
  expect(found).toHaveProperty("candidate");
  return files;
}

it.each([
  ["hoisted", 100],
  ["isolated", 250],
] as const)("a short name reads each direct dependency once: %s, %d of them", (layout, count) => {
  using tree = installed(layout, count);

  const files = opened(tree.directory, "hpc");

  const here = files.filter((file) => file.startsWith(tree.directory));
  const names = Array.from({ length: count }, (_, index) => `node_modules/p${index}/package.json`);
  expect(here.toSorted()).toEqual(["package.json", ...names].map(tree.path).toSorted());
  const ofCore = files.filter((file) => file.startsWith(core) && !here.includes(file));
  expect(ofCore.map((file) => path.relative(core, file)).toSorted()).toEqual([
    "node_modules/@runnable/local/package.json",
    "package.json",
  ]);
  expect(files).toHaveLength(here.length + ofCore.length);
});

it("a short name reads the package.json files up to the workspace's root too", () => {
  using tree = projectTree({
    "package.json": { workspaces: ["apps/*"], devDependencies: { shared: "1" } },
    "node_modules/shared/package.json": { name: "shared", version: "1.0.0" },
    "apps/package.json": {},
    "apps/train/package.json": { dependencies: { x: "1", absent: "1", shared: "1" } },
    "apps/train/node_modules/x/package.json": {
      name: "x",
      version: "1.0.0",
      runnable: { executors: { hpc: "./hpc.js" } },
    },
  });

  const files = opened(tree.path("apps/train"), "hpc");

  const here = files.filter((file) => file.startsWith(tree.directory));
  expect([...new Set(here)].toSorted()).toEqual(
    [
      "apps/package.json",
      "apps/train/node_modules/x/package.json",
      "apps/train/package.json",
      "node_modules/shared/package.json",
      "package.json",
    ].map(tree.path),
  );
});

it("a full name reads two files: who lists the package, and the package", () => {
  using tree = installed("hoisted", 100);

  const files = opened(tree.directory, "p99:hpc");

  expect(files).toEqual(["package.json", "node_modules/p99/package.json"].map(tree.path));
});

it("a built-in name reads core's files and none of the project's", () => {
  using tree = installed("hoisted", 100);

  const files = opened(tree.directory, "local");

  expect(files.filter((file) => file.startsWith(tree.directory))).toEqual([]);
});
