import { describe, expect, it } from "vitest";

import { candidateOf, discover, findingOf, plugin } from "./discover.ts";
import { projectTree } from "./project-tree.ts";

describe("a type", () => {
  it("of core is found without looking at the project", () => {
    using tree = projectTree({ "package.json": "not JSON" });
    const discovery = discover(tree);

    expect(candidateOf(discovery.find("job-executor", "local"))).toMatchObject({
      scope: "built-in",
      packageName: "@runnable/local",
    });
    expect(candidateOf(discovery.find("run-log-store", "chunked-fs"))).toMatchObject({
      type: "file-system",
      packageName: "@runnable/core",
    });
    expect(candidateOf(discovery.find("secrets", "@runnable/core:dotenv")).type).toBe("dotenv");
  });

  it("of the project's own package.json is found, in the short form of an entry", () => {
    using tree = projectTree({
      "package.json": plugin("app", { mine: "./executors/mine.ts" }),
      "src/job.ts": "",
    });

    const found = candidateOf(discover(tree, { at: "src" }).find("job-executor", "mine"));

    expect(found).toMatchObject({
      scope: "project",
      packageName: "app",
      entry: tree.path("executors/mine.ts"),
    });
  });

  it.each(["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"])(
    "of a package in %s is found, in the long form of an entry",
    (field) => {
      using tree = projectTree({
        "package.json": { [field]: { "@acme/x": "1" } },
        "node_modules/@acme/x/package.json": {
          name: "@acme/x",
          version: "1.2.3",
          exports: {},
          runnable: {
            api: [1, 2],
            catalogs: {
              shelf: {
                entry: "./dist/shelf.js",
                source: "./src/shelf.ts",
                schema: "./shelf.json",
                jobSide: "./dist/job-side.js",
                summary: "Files on a shelf",
                aliases: ["board"],
                deprecated: { since: "1.1", use: "rack" },
              },
            },
          },
        },
      });
      const directory = tree.path("node_modules/@acme/x");

      const found = candidateOf(discover(tree).find("catalog", "board"));

      expect(found).toMatchObject({
        type: "shelf",
        scope: "dependency",
        provider: { packageName: "@acme/x", version: "1.2.3", directory, api: [1, 2] },
        entry: `${directory}/dist/shelf.js`,
        schema: `${directory}/shelf.json`,
        jobSide: { entry: `${directory}/dist/job-side.js`, config: [] },
        summary: "Files on a shelf",
        deprecated: { since: "1.1", use: "rack" },
      });
    },
  );

  it("of a linked package is its source, where there is one", () => {
    const entry = { entry: "./dist/x.js", source: "./src/x.ts" };
    using tree = projectTree({
      "app/package.json": { dependencies: { x: "*" } },
      "x/package.json": plugin("x", { fast: entry, slow: { ...entry, source: "./src/slow.ts" } }),
      "x/src/x.ts": "",
    });
    tree.link("app/node_modules/x", tree.path("x"));
    const discovery = discover(tree, { at: "app" });

    const entries = ["fast", "slow"].map(
      (type) => candidateOf(discovery.find("job-executor", type)).entry,
    );

    expect(entries).toEqual([tree.path("x/src/x.ts"), tree.path("x/dist/x.js")]);
  });

  it("of a linked package has the job side's source, where there is one", () => {
    using tree = projectTree({
      "app/package.json": { dependencies: { x: "*" } },
      "x/package.json": plugin("x", {
        x: { entry: "./x.js", jobSide: { entry: "./dist/side.js", source: "./side.ts" } },
      }),
      "x/side.ts": "",
    });
    tree.link("app/node_modules/x", tree.path("x"));

    const found = candidateOf(discover(tree, { at: "app" }).find("job-executor", "x"));

    expect(found.jobSide).toEqual({ entry: tree.path("x/side.ts"), config: [] });
  });

  it("of a package that only a dependency lists is not found", () => {
    using tree = projectTree({
      "package.json": { dependencies: { a: "1" } },
      "node_modules/a/package.json": { name: "a", dependencies: { b: "1" } },
      "node_modules/b/package.json": plugin("b", { hidden: "./b.js" }),
    });

    expect(findingOf(discover(tree).find("job-executor", "hidden")).code).toBe(
      "EXECUTOR_NOT_FOUND",
    );
  });

  it("of the workspace's root, or of what the configuration names, is found", () => {
    using tree = projectTree({
      ".git/HEAD": "",
      "package.json": { workspaces: ["apps/*"], devDependencies: { shared: "1" } },
      "node_modules/shared/package.json": plugin("shared", { common: "./c.js" }),
      "node_modules/named/package.json": plugin("named", { extra: "./e.js" }),
      "apps/a/package.json": {},
      "apps/a/tools/package.json": plugin("tools", { tool: "./t.js" }),
    });
    const discovery = discover(tree, { at: "apps/a", packages: ["named", "./tools"] });

    const scopes = ["common", "extra", "tool", "tools:tool"].map(
      (type) => candidateOf(discovery.find("job-executor", type)).scope,
    );

    expect(scopes).toEqual(["workspace", "config", "config", "config"]);
  });

  it("of another kind is not it", () => {
    using tree = projectTree({ "package.json": plugin("app", { mine: "./mine.ts" }) });

    expect(findingOf(discover(tree).find("catalog", "mine")).code).toBe("CATALOG_NOT_FOUND");
  });

  it("may be a file of the project", () => {
    using tree = projectTree({
      "package.json": { name: "app", version: "3.0.0" },
      "executors/mine.ts": "",
    });
    const discovery = discover(tree);

    expect(candidateOf(discovery.find("job-executor", "./executors/mine.ts"))).toMatchObject({
      packageName: "app",
      version: "3.0.0",
      entry: tree.path("executors/mine.ts"),
    });
    expect(findingOf(discovery.find("job-executor", "./executors")).code).toBe(
      "EXECUTOR_NOT_FOUND",
    );
    expect(findingOf(discovery.find("job-executor", "./no\0ne.ts")).code).toBe(
      "EXECUTOR_NOT_FOUND",
    );
  });
});

it("lists types by scope and name, built-in ones last and once", () => {
  using tree = projectTree({
    "package.json": plugin(
      "app",
      { mine: "./m.ts" },
      {
        dependencies: { z: "1", b: "1", "@runnable/core": "1", "@runnable/local": "1" },
      },
    ),
    "node_modules/z/package.json": plugin("z", { zz: "./z.js", za: "./z.js" }),
    "node_modules/b/package.json": plugin("b", { bb: "./b.js" }),
    "node_modules/@runnable/local/package.json": plugin("@runnable/local", { local: "./local.js" }),
  });

  const { types, findings } = discover(tree).listTypes("job-executor");

  expect(findings).toEqual([]);
  expect(types.map(({ type, scope }) => `${scope} ${type}`)).toEqual([
    "project mine",
    "dependency bb",
    "dependency zz",
    "dependency za",
    "built-in local",
    "built-in emulator",
  ]);
});
