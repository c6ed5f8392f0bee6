import { expect, it } from "vitest";

import type { Discovery } from "../../src/discover/discovery.ts";
import { discover, plugin } from "./discover.ts";
import { projectTree } from "./project-tree.ts";

function statesOf(discovery: Discovery): Record<string, string> {
  const own = discovery
    .survey()
    .types.filter(({ candidate: { scope } }) => scope !== "built-in")
    .map(({ candidate: { packageName, version, type }, state }) => [
      `${packageName}@${version} ${type}`,
      state,
    ]);
  return Object.fromEntries(own);
}

it("tells what each type is worth, and one broken package hurts no other", () => {
  using tree = projectTree({
    "package.json": {
      name: "app",
      version: "1.0.0",
      dependencies: { a: "1", b: "1", c: "1", gone: "1" },
      runnable: {
        executors: {
          fine: "./fine.ts",
          local: "./fine.ts",
          absent: "./absent.ts",
          old: { entry: "./fine.ts", deprecated: { use: "fine" } },
          loop: { from: "app:loop" },
        },
      },
    },
    "fine.ts": "",
    "node_modules/a/package.json": plugin("a", { gpu: "./a.js" }),
    "node_modules/a/a.js": "",
    "node_modules/b/package.json": plugin("b", { gpu: "./b.js", types: "./b.ts" }),
    "node_modules/b/b.js": "",
    "node_modules/b/b.ts": "",
    "node_modules/c/package.json": {
      name: "c",
      version: "1.0.0",
      runnable: { api: 7, executors: { next: "./c.js" } },
    },
  });
  const discovery = discover(tree);

  expect(statesOf(discovery)).toEqual({
    "app@1.0.0 fine": "ready",
    "app@1.0.0 local": "reserved",
    "app@1.0.0 absent": "missing-file",
    "app@1.0.0 old": "deprecated",
    "a@1.0.0 gpu": "ambiguous",
    "b@1.0.0 gpu": "ambiguous",
    "b@1.0.0 types": "broken",
    "c@1.0.0 next": "unsupported",
  });
  expect(discovery.survey().findings).toMatchObject([
    { code: "PLUGIN_REDIRECT_CYCLE", about: { packageName: "app", type: "loop" } },
  ]);
  expect(discovery.survey().missing).toMatchObject([{ name: "gone" }]);
});

it("tells which of several providers plugins.resolve leaves", () => {
  using tree = projectTree({
    "package.json": { dependencies: { a: "1", b: "1" } },
    "node_modules/a/package.json": plugin("a", { gpu: "./a.js" }),
    "node_modules/a/a.js": "",
    "node_modules/b/package.json": plugin("b", { gpu: "./b.js" }),
    "node_modules/b/b.js": "",
  });

  expect(statesOf(discover(tree, { resolve: { gpu: "b:gpu" } }))).toEqual({
    "a@1.0.0 gpu": "shadowed",
    "b@1.0.0 gpu": "ready",
  });
});

it("tells the farther of two versions of a package, and what the allow list keeps out", () => {
  using tree = projectTree({
    "package.json": { workspaces: [], dependencies: { x: "1" } },
    "node_modules/x/package.json": plugin("x", { gpu: "./x.js" }),
    "node_modules/x/x.js": "",
    "app/package.json": { dependencies: { x: "2", y: "1" } },
    "app/node_modules/x/package.json": { ...plugin("x", { gpu: "./x.js" }), version: "2.0.0" },
    "app/node_modules/x/x.js": "",
    "app/node_modules/y/package.json": plugin("y", { tpu: "./y.js" }),
    "app/node_modules/y/y.js": "",
  });

  expect(statesOf(discover(tree, { at: "app", allow: ["x"] }))).toEqual({
    "x@2.0.0 gpu": "ready",
    "y@1.0.0 tpu": "not-allowed",
    "x@1.0.0 gpu": "shadowed",
  });
});

it("names the aliases that lead to a type, and no other's", () => {
  using tree = projectTree({
    "package.json": plugin("app", { mine: { entry: "./m.ts", aliases: ["own", "local"] } }),
    "m.ts": "",
  });

  const [mine] = discover(tree).survey().types;

  expect(mine?.aliases).toEqual(["own"]);
});

it("is the same whatever order packages were written in", () => {
  const packages = Object.fromEntries(
    ["c", "a", "b"].map((name) => [
      `node_modules/${name}/package.json`,
      plugin(name, { [`${name}-type`]: "./x.js", gpu: "./x.js" }),
    ]),
  );
  const reversed = Object.fromEntries(Object.entries(packages).toReversed());
  const texts = [
    [packages, { c: "1", a: "1", b: "1" }] as const,
    [reversed, { b: "1", c: "1", a: "1" }] as const,
  ].map(([files, dependencies]) => {
    using tree = projectTree({ "package.json": { dependencies }, ...files });
    const discovery = discover(tree);
    const answers = [
      discovery.survey(),
      ...["gpu", "c-tipe", "a-type"].map((type) => discovery.find("job-executor", type)),
    ];
    return JSON.stringify(answers).replaceAll(tree.directory, "");
  });

  expect(texts[0]).toBe(texts[1]);
});
