import { describe, expect, it } from "vitest";

import { explainType, type ServiceKind, type TypeExplanation } from "../../src/plugins.ts";
import { plugin } from "../discover/discover.ts";
import { projectTree, type ProjectTree } from "../discover/project-tree.ts";

const imported = "throw new Error('imported')";

const files = {
  "package.json": {
    ...plugin("app", { mine: "./mine.ts" }),
    dependencies: { "@acme/a": "1", "@acme/b": "1", plain: "1" },
  },
  "mine.ts": imported,
  "node_modules/@acme/a/package.json": {
    ...plugin("@acme/a", { gpu: { entry: "./a.js", aliases: ["cuda"] }, absent: "./absent.js" }),
    runnable: {
      executors: { gpu: { entry: "./a.js", aliases: ["cuda"] }, absent: "./absent.js" },
      catalogs: { mine: "./a.js" },
    },
  },
  "node_modules/@acme/a/a.js": imported,
  "node_modules/@acme/b/package.json": plugin("@acme/b", {
    gpu: "./b.js",
    hpc: { from: "@acme/b:gpu" },
  }),
  "node_modules/@acme/b/b.js": imported,
  "node_modules/plain/package.json": { name: "plain", version: "1.0.0" },
};

function why(tree: ProjectTree, type: string, kind?: ServiceKind) {
  return explainType(type, { cwd: tree.directory, env: {}, ...(kind && { kind }) });
}

/** Files below the project that were read, in order. */
function filesOf(tree: ProjectTree, explanation: TypeExplanation | undefined): readonly string[] {
  return (explanation?.steps ?? []).flatMap((step) =>
    step.step === "read" && step.file.startsWith(tree.directory)
      ? [step.file.slice(tree.directory.length + 1)]
      : [],
  );
}

describe("the way to a type", () => {
  it("names each file that was read, in order, and what it provides", async () => {
    using tree = projectTree(files);

    const [explanation] = await why(tree, "cuda");

    expect(explanation).toMatchObject({
      kind: "job-executor",
      type: "cuda",
      decidedBy: "short-name",
      found: {
        name: "@acme/a:gpu",
        version: "1.0.0",
        entry: tree.path("node_modules/@acme/a/a.js"),
      },
    });
    expect(filesOf(tree, explanation)).toEqual([
      "package.json",
      "node_modules/@acme/a/package.json",
      "node_modules/@acme/b/package.json",
      "node_modules/plain/package.json",
    ]);
    expect(explanation?.steps).toContainEqual({
      step: "read",
      file: tree.path("node_modules/@acme/a/package.json"),
      text: "@acme/a 1.0.0: executors gpu, absent; catalogs mine",
      providesTypes: true,
    });
    expect(explanation?.milliseconds).toBeGreaterThan(0);
  });

  it("by a full name reads the two files that it needs", async () => {
    using tree = projectTree(files);

    const [explanation] = await why(tree, "@acme/b:gpu");

    expect(explanation).toMatchObject({ decidedBy: "full-name", found: { name: "@acme/b:gpu" } });
    expect(filesOf(tree, explanation)).toEqual([
      "package.json",
      "node_modules/@acme/b/package.json",
    ]);
  });

  it.each([
    ["local", "built-in", "@runnable/local:local"],
    ["./mine.ts", "file", "./mine.ts"],
    ["hpc", "short-name", "@acme/b:hpc"],
  ])("to %s is decided by the rule %s", async (type, decidedBy, name) => {
    using tree = projectTree(files);

    expect(await why(tree, type)).toMatchObject([{ decidedBy, found: { name } }]);
  });

  it("leads as each kind that has such a type, or as the one that is asked for", async () => {
    using tree = projectTree(files);

    const all = await why(tree, "mine");
    const one = await why(tree, "mine", "catalog");

    expect(all.map(({ kind }) => kind)).toEqual(["job-executor", "catalog"]);
    expect(one).toMatchObject([{ kind: "catalog", found: { name: "@acme/a:mine" } }]);
  });

  it("is settled by plugins.resolve", async () => {
    using tree = projectTree({
      ...files,
      "runnable-config.yaml": 'plugins: {resolve: {gpu: "@acme/b:gpu"}}',
    });

    expect(await why(tree, "gpu")).toMatchObject([
      { decidedBy: "plugins.resolve", found: { name: "@acme/b:gpu" } },
    ]);
  });
});

describe("a type that can't be used", () => {
  it.each([
    ["gpu", "plugins.resolve", "EXECUTOR_AMBIGUOUS"],
    ["absent", "module", "PLUGIN_ENTRY_MISSING"],
    ["nothing", "short-name", "EXECUTOR_NOT_FOUND"],
    ["@acme/c:x", "full-name", "EXECUTOR_NOT_FOUND"],
    ["./gone.ts", "file", "EXECUTOR_NOT_FOUND"],
    ["minio", "short-name", "RUN_LOG_STORE_NOT_FOUND"],
  ])("has a way too: %s ends at the rule %s with %s", async (type, decidedBy, code) => {
    using tree = projectTree(files);

    expect(await why(tree, type)).toMatchObject([{ decidedBy, finding: { code } }]);
  });

  it("is told once where its whole package is broken", async () => {
    using tree = projectTree({
      "package.json": { dependencies: { x: "1" } },
      "node_modules/x/package.json": { name: "x", runnable: [] },
    });

    expect(await why(tree, "x:hpc")).toMatchObject([
      { kind: "job-executor", finding: { code: "PLUGIN_MANIFEST_INVALID" } },
    ]);
  });

  it.each([
    ["plugins: {allow: [other]}", "plugins.allow", "PLUGIN_NOT_ALLOWED"],
    ["{}", "api", "PLUGIN_API_UNSUPPORTED"],
  ])("by %s is refused by the rule %s", async (config, decidedBy, code) => {
    using tree = projectTree({
      "package.json": { dependencies: { x: "1" } },
      "runnable-config.yaml": config,
      "node_modules/x/package.json": {
        name: "x",
        runnable: { api: decidedBy === "api" ? 9 : 1, executors: { hpc: "./x.js" } },
      },
    });

    expect(await why(tree, "hpc")).toMatchObject([{ decidedBy, finding: { code } }]);
  });
});
