import { expect, it } from "vitest";

import { readConfig } from "../../src/configure/read-config.ts";
import { projectTree, type ProjectTree } from "../discover/project-tree.ts";

function read(tree: ProjectTree) {
  return readConfig({ cwd: tree.directory, env: {} });
}

it("merges maps, replaces lists, and keeps where each key stands", async () => {
  using tree = projectTree({
    "base.yaml": "catalog:\n  type: x\n  config:\n    list: [1, 2]\n    map: { a: 1, b: 1 }\n",
    "runnable-config.yaml":
      "$import: ./base.yaml\ncatalog:\n  config:\n    list: [3]\n    map: { b: 2 }\n",
  });

  const { sections, locate, problems } = await read(tree);

  expect(problems).toEqual([]);
  expect(sections.catalog).toMatchObject({
    type: "x",
    config: { list: [3], map: { a: 1, b: 2 } },
  });
  expect(locate(["catalog", "config", "map", "a"])).toEqual({
    file: tree.path("base.yaml"),
    line: 5,
    column: 12,
  });
  expect(locate(["catalog", "config", "map", "b"])).toMatchObject({
    file: tree.path("runnable-config.yaml"),
    line: 5,
  });
  expect(locate(["catalog", "config", "none", "there"])).toMatchObject({ line: 3, column: 3 });
});

it("lets the later of several files win, and the importing file over all", async () => {
  using tree = projectTree({
    "a.yaml": "secrets: {type: x, config: {a: 1, b: 1, c: 1}}",
    "b.yaml": "secrets: {config: {b: 2, c: 2}}",
    "runnable-config.yaml": "$import: [a.yaml, b.yaml]\nsecrets: {config: {c: 3}}",
  });

  const { sections } = await read(tree);

  expect(sections.secrets).toMatchObject({ type: "x", config: { a: 1, b: 2, c: 3 } });
});

it("replaces a whole section that names another type, in either spelling", async () => {
  using tree = projectTree({
    "base.yaml":
      "job_executor: {type: a, config: {queue: q}}\ncatalog: {type: c, config: {x: {type: t, y: 1}}}",
    "runnable-config.yaml":
      "$import: ./base.yaml\njob-executor: {type: b}\ncatalog: {config: {x: {type: u}}}",
  });

  const { sections, problems } = await read(tree);

  expect(problems).toEqual([]);
  expect(sections["job-executor"]).toMatchObject({ type: "b", config: {} });
  // A `type` deeper down is a setting like others.
  expect(sections.catalog.config).toEqual({ x: { type: "u", y: 1 } });
});

it("reads a section from a file of its own", async () => {
  using tree = projectTree({
    "s/executor.yaml": "type: a\nconfig: { n: 1 }",
    "runnable-config.yaml": "job-executor: { $import: s/executor.yaml, config: { m: 2 } }",
  });

  const { sections, problems } = await read(tree);

  expect(problems).toEqual([]);
  expect(sections["job-executor"]).toMatchObject({ type: "a", config: { n: 1, m: 2 } });
});

it("reads a file of an installed package, whose own imports are relative to it", async () => {
  using tree = projectTree({
    "package.json": {},
    "node_modules/@acme/x/package.json": { name: "@acme/x" },
    "node_modules/@acme/x/configs/base.yaml": "$import: ../common.yaml\nsecrets: {config: {b: 2}}",
    "node_modules/@acme/x/common.yaml": "secrets: {type: x, config: {a: 1}}",
    "runnable-config.yaml": '$import: "@acme/x/configs/base.yaml"',
  });

  const { sections, problems } = await read(tree);

  expect(problems).toEqual([]);
  expect(sections.secrets).toMatchObject({ type: "x", config: { a: 1, b: 2 } });
});

it("may import the same file twice, but not in a cycle", async () => {
  using tree = projectTree({
    "common.yaml": "secrets: {type: x}",
    "a.yaml": "$import: ./common.yaml",
    "b.yaml": "$import: [./common.yaml, ./c.yaml]",
    "c.yaml": "\n$import: ./b.yaml",
    "runnable-config.yaml": "$import: [./a.yaml, ./b.yaml]",
  });

  const { sections, problems } = await read(tree);

  expect(sections.secrets.type).toBe("x");
  expect(problems).toMatchObject([
    {
      code: "CONFIG_IMPORT_CYCLE",
      position: { file: tree.path("c.yaml"), line: 2, column: 1 },
    },
  ]);
  expect(problems[0]?.message).toContain("b.yaml -> c.yaml -> b.yaml");
});

it.each([
  ["a file that is not there", "$import: ./gone.yaml", "CONFIG_IMPORT_NOT_FOUND"],
  ["a package that is not there", '$import: "@acme/gone/base.yaml"', "CONFIG_IMPORT_NOT_FOUND"],
  ["what is no path", "$import: { a: 1 }", "CONFIG_VALUE"],
])("reports %s", async (_, text, code) => {
  using tree = projectTree({ "runnable-config.yaml": text });

  expect((await read(tree)).problems).toMatchObject([
    { code, path: ["$import"], position: { line: 1 } },
  ]);
});

it("reports what is wrong in an imported file at its place", async () => {
  using tree = projectTree({
    "base.yaml": "secrets:\n  type: x\n  unknown: 1\n",
    "broken.yaml": "catalog: [",
    "runnable-config.yaml": "$import: [./base.yaml, ./broken.yaml]",
  });

  const { problems } = await read(tree);

  expect(problems).toMatchObject([
    { code: "CONFIG_SYNTAX", position: { file: tree.path("broken.yaml") } },
    { code: "CONFIG_UNKNOWN_KEY", position: { file: tree.path("base.yaml"), line: 3, column: 3 } },
  ]);
});

it("fills in variables after merging, so that a base may use them", async () => {
  using tree = projectTree({
    "base.yaml": "secrets: {type: x, config: {a: '${A}', b: '${B}'}}",
    "runnable-config.yaml": "$import: ./base.yaml\nsecrets: {config: {b: fixed}}",
  });

  const config = await readConfig({ cwd: tree.directory, env: { RUNNABLE_VAR_A: "1" } });

  expect(config.problems).toEqual([]);
  expect(config.sections.secrets.config).toEqual({ a: "1", b: "fixed" });
  expect(config.written).toEqual({ secrets: { type: "x", config: { a: "${A}", b: "fixed" } } });
});
