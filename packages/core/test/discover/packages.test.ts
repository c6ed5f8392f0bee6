import { expect, it } from "vitest";

import { candidateOf, discover, findingOf, plugin } from "./discover.ts";
import { projectTree } from "./project-tree.ts";

it("a package that is broken hurts no other, and is listed", () => {
  using tree = projectTree({
    "package.json": { dependencies: { a: "1", b: "1", c: "1", d: "1", gone: "1" } },
    "node_modules/a/package.json": '{ "runnable": ',
    "node_modules/b/package.json": plugin("b", { bad: 3, good: "./good.js" }),
    "node_modules/c/package.json": { name: "c", version: "1.0.0", runnable: "yes" },
    "node_modules/d/package.json": { name: "d", runnable: { executor: { x: "./x.js" } } },
  });
  const discovery = discover(tree);

  expect(candidateOf(discovery.find("job-executor", "good")).packageName).toBe("b");
  expect(discovery.listTypes("job-executor").findings.map(({ message }) => message)).toEqual([
    expect.stringContaining("a/package.json is not JSON"),
    expect.stringContaining("executors.bad must be a path or an object, got number"),
    expect.stringContaining("c 1.0.0"),
    expect.stringContaining("did you mean executors?"),
  ]);
});

it("a package that speaks another contract is refused when it is asked for", () => {
  using tree = projectTree({
    "package.json": { name: "app", runnable: { api: 9, executors: { next: "./x.js" } } },
  });

  expect(findingOf(discover(tree).find("job-executor", "next"))).toMatchObject({
    code: "PLUGIN_API_UNSUPPORTED",
    message: expect.stringMatching(
      /^app 0\.0\.0 speaks plugin api 9; this runnable [\d.]+ speaks 1$/,
    ),
    hint: `Loaded from ${tree.directory}.\nRun: npm install --save-dev @runnable/core@latest, or use a version of app that lists api 1.`,
  });
});

it("a package for an older contract than core's is told which core speaks it", () => {
  using tree = projectTree({ "package.json": plugin("app", { old: "./x.js" }) });

  const finding = findingOf(discover(tree, { apis: [2, 3] }).find("job-executor", "old"));

  expect(finding.hint).toContain("@runnable/core@^0.1.0, or use a version of app that lists api 3");
});

it("a package for a newer contract is told to install all of ours that the project lists", () => {
  using tree = projectTree({
    "package.json": {
      devDependencies: { "@runnable/cli": "1" },
      runnable: { api: 9, executors: { next: "./x.js" } },
    },
  });

  const finding = findingOf(discover(tree).find("job-executor", "next"));

  expect(finding.hint).toContain("@runnable/core@latest @runnable/cli@latest, or");
});

it("a package that is not on the allow list is refused", () => {
  using tree = projectTree({
    "package.json": plugin(
      "app",
      { mine: "./mine.ts" },
      { dependencies: { "@acme/x": "1", y: "1" } },
    ),
    "node_modules/@acme/x/package.json": plugin("@acme/x", { hpc: "./hpc.js" }),
    "node_modules/y/package.json": plugin("y", { other: "./other.js" }),
  });
  const discovery = discover(tree, { allow: ["@acme/*"] });

  expect(candidateOf(discovery.find("job-executor", "hpc")).packageName).toBe("@acme/x");
  expect(candidateOf(discovery.find("job-executor", "mine")).packageName).toBe("app");
  expect(candidateOf(discovery.find("job-executor", "local")).scope).toBe("built-in");
  expect(findingOf(discovery.find("job-executor", "other")).code).toBe("PLUGIN_NOT_ALLOWED");
  expect(findingOf(discovery.find("job-executor", "y:other")).code).toBe("PLUGIN_NOT_ALLOWED");
});

it.each([
  [{ "package.json": {} }, "is not a dependency", "npm install --save-dev @acme/x"],
  [
    { "package.json": { dependencies: { "@acme/x": "1" } }, "pnpm-lock.yaml": "" },
    "not installed",
    "pnpm install",
  ],
  [
    {
      "package.json": { dependencies: { "@acme/x": "1" } },
      "node_modules/@acme/x/package.json": plugin("@acme/x", { other: "./o.js" }),
    },
    'no executor named "hpc"',
    "It has: other.",
  ],
  [
    {
      "package.json": { dependencies: { "@acme/x": "1" } },
      "node_modules/@acme/x/package.json": plugin("@acme/x", { hcp: "./o.js" }),
    },
    'no executor named "hpc"',
    'Did you mean "@acme/x:hcp"?',
  ],
  [
    { "package.json": { dependencies: { "@acme/y": "1" } } },
    "is not a dependency",
    'Did you mean "@acme/y:hpc"?',
  ],
])("a package that lacks a full name's type says why: %j", (files, message, hint) => {
  using tree = projectTree(files);

  const finding = findingOf(discover(tree).find("job-executor", "@acme/x:hpc"));

  expect(finding).toMatchObject({
    code: "EXECUTOR_NOT_FOUND",
    message: expect.stringContaining(message),
    hint: expect.stringContaining(hint),
  });
});
