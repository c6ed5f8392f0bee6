import { describe, expect, it } from "vitest";

import { candidateOf, discover, findingOf, plugin } from "./discover.ts";
import { projectTree } from "./project-tree.ts";

describe("a name that several packages provide", () => {
  const files = {
    "package.json": { dependencies: { "@acme/a": "1", "@acme/b": "1" } },
    "node_modules/@acme/a/package.json": plugin("@acme/a", { gpu: "./a.js" }),
    "node_modules/@acme/b/package.json": plugin("@acme/b", { gpu: "./b.js" }),
  };

  it("is refused, with the full names", () => {
    using tree = projectTree(files);

    const finding = findingOf(discover(tree).find("job-executor", "gpu"));

    expect(finding.code).toBe("EXECUTOR_AMBIGUOUS");
    expect(finding.hint).toContain('"@acme/a:gpu"');
    expect(finding.hint).toContain('"@acme/b:gpu"');
  });

  it("is refused with version, place and summary of each", () => {
    using tree = projectTree({
      ...files,
      "node_modules/@acme/b/package.json": plugin("@acme/b", {
        gpu: { entry: "./b.js", summary: "Pods with one GPU" },
      }),
    });

    const lines = findingOf(discover(tree).find("job-executor", "gpu")).hint?.split("\n");

    expect(lines?.slice(0, 2)).toEqual([
      '  "@acme/a:gpu"  1.0.0  node_modules/@acme/a',
      '  "@acme/b:gpu"  1.0.0  node_modules/@acme/b  Pods with one GPU',
    ]);
  });

  it("is what the configuration's plugins.resolve says", () => {
    using tree = projectTree(files);
    const resolve = { gpu: "@acme/b:gpu" };

    const found = candidateOf(discover(tree, { resolve }).find("job-executor", "gpu"));

    expect(found.packageName).toBe("@acme/b");
  });

  it("is refused where plugins.resolve says none of them", () => {
    using tree = projectTree(files);
    const resolve = { gpu: "@acme/c:gpu" };

    const finding = findingOf(discover(tree, { resolve }).find("job-executor", "gpu"));

    expect(finding.code).toBe("EXECUTOR_AMBIGUOUS");
    expect(finding.hint).toContain('"@acme/c:gpu", which is none of them');
  });

  it("of a project without a name is told apart by its path", () => {
    using tree = projectTree({
      ...files,
      "package.json": {
        dependencies: { "@acme/a": "1" },
        runnable: { executors: { gpu: "./g.ts" } },
      },
    });

    const finding = findingOf(discover(tree).find("job-executor", "gpu"));

    expect(finding.hint).toContain('"./g.ts"');
  });

  it("is told apart by its full name", () => {
    using tree = projectTree(files);

    const found = candidateOf(discover(tree).find("job-executor", "@acme/b:gpu"));

    expect(found.entry).toBe(tree.path("node_modules/@acme/b/b.js"));
  });

  it("belongs to the nearer of two versions of one package", () => {
    using tree = projectTree({
      "package.json": { workspaces: [], dependencies: { x: "1" } },
      "node_modules/x/package.json": plugin("x", { gpu: "./old.js" }),
      "app/package.json": { dependencies: { x: "2" } },
      "app/node_modules/x/package.json": plugin("x", { gpu: "./new.js" }),
    });

    const found = candidateOf(discover(tree, { at: "app" }).find("job-executor", "gpu"));

    expect(found.entry).toBe(tree.path("app/node_modules/x/new.js"));
  });

  it("can't be taken from core", () => {
    using tree = projectTree({ "package.json": plugin("app", { local: "./evil.ts" }) });
    const discovery = discover(tree);

    expect(candidateOf(discovery.find("job-executor", "local")).scope).toBe("built-in");
    expect(candidateOf(discovery.find("job-executor", "app:local")).scope).toBe("project");
    expect(discovery.listTypes("job-executor").findings).toMatchObject([
      { code: "PLUGIN_NAME_RESERVED" },
    ]);
  });
});
