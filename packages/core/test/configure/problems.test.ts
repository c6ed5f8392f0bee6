import { describe, expect, it } from "vitest";

import { readConfig } from "../../src/configure/read-config.ts";
import { projectTree } from "../discover/project-tree.ts";

const yaml = "runnable-config.yaml";

async function problemsOf(text: string) {
  using tree = projectTree({ [yaml]: text, "package.json": {} });
  const { problems } = await readConfig({ cwd: tree.directory, env: {} });
  return problems.map(({ code, message, hint, path, position }) => ({
    code,
    at: [path?.join("."), position && `${position.line}:${position.column}`].join(" "),
    text: `${message} ${hint}`,
  }));
}

describe("problems", () => {
  it.each([
    ["an unknown section", "catalogue: {type: x}", ["CONFIG_UNKNOWN_SECTION", "catalogue 1:1"]],
    [
      "an unknown key",
      "catalog:\n  tipe: x\n  type: y",
      ["CONFIG_UNKNOWN_KEY", "catalog.tipe 2:3"],
    ],
    [
      "a section without type",
      "catalog:\n  config: {}",
      ["CONFIG_MISSING_KEY", "catalog.type 1:1"],
    ],
    ["a type that is no text", "catalog:\n  type: 3", ["CONFIG_VALUE", "catalog.type 2:3"]],
    ["a section that is no map", "catalog: s3", ["CONFIG_VALUE", "catalog 1:1"]],
    [
      "a config that is no map",
      "catalog:\n  type: x\n  config: [1]",
      ["CONFIG_VALUE", "catalog.config 3:3"],
    ],
    [
      "a number that JSON lacks",
      "catalog:\n  type: x\n  config: {n: .inf}",
      ["CONFIG_VALUE", "catalog.config.n 3:12"],
    ],
    [
      "two spellings",
      "job-executor: {type: a}\njob_executor: {type: b}",
      ["CONFIG_DUPLICATE_SECTION", "job_executor 2:1"],
    ],
    ["another pickler", "pickler: {type: dill}", ["CONFIG_PIPELINE", "pickler 1:1"]],
    [
      "a pipeline's executor",
      "pipeline_executor: {type: argo}",
      ["CONFIG_PIPELINE", "pipeline-executor 1:1"],
    ],
    ["plugins that are no names", "plugins:\n  allow: 3", ["CONFIG_VALUE", "plugins.allow 2:3"]],
    ["executors that are no map", "job-executors: [a]", ["CONFIG_VALUE", "job-executors 1:1"]],
    [
      "an unknown key of an executor",
      "job-executors:\n  a:\n    image: x",
      ["CONFIG_UNKNOWN_KEY", "job-executors.a.image 3:5"],
    ],
    ["a list", "- a", ["CONFIG_NOT_A_MAP", " 1:1"]],
    ["a value", "local", ["CONFIG_NOT_A_MAP", " 1:1"]],
  ])("tell of %s", async (_, text, [code, at]) => {
    expect(await problemsOf(text)).toEqual([expect.objectContaining({ code, at })]);
  });

  it("come all at once, with suggestions", async () => {
    const problems = await problemsOf(
      "job-executer: {type: x}\ncatalog:\n  typ: y\n  config: {a: .nan}\n",
    );

    expect(problems).toMatchObject([
      { at: "job-executer 1:1", text: expect.stringContaining('Did you mean "job-executor"?') },
      { at: "catalog.typ 3:3", text: expect.stringContaining('Did you mean "type"?') },
      { at: "catalog.config.a 4:12" },
      { at: "catalog.type 2:1" },
    ]);
  });

  it("never hold values", async () => {
    using tree = projectTree({
      [yaml]: "catalog:\n  type: [s3cret]\n  config: s3cret\nsecrets: s3cret\n",
    });

    const { problems } = await readConfig({ cwd: tree.directory, env: {} });

    expect(problems.length).toBe(3);
    expect(JSON.stringify(problems)).not.toContain("s3cret");
  });
});

describe("YAML that is broken", () => {
  it.each<[string, string, [string, RegExp]]>([
    ["an unquoted @", "job-executor:\n  type: @acme/x:y", ["2:9", /quotes/]],
    ["a backtick", "secrets:\n  type: `x`", ["2:9", /quotes/]],
    ["a key that stands twice", "secrets: {}\nsecrets: {}", ["2:1", /one/]],
    ["a tab", "secrets:\n\ttype: env", ["2:1", /spaces/]],
    ["bad indentation", "secrets:\n    type: env\n  config: {}", ["3:1", /column/]],
    ["an open bracket", "secrets: [a,", ["2:1", /brackets/]],
    ["an open quote", "secrets: 'a", ["2:1", /line/]],
    ["two documents", "secrets: {}\n---\ncatalog: {}", ["2:1", /---/]],
    ["a nested map on one line", "secrets: type: env", ["1:10", /quotes/]],
    ["a tag", "secrets: !env x", ["1:10", /tags/]],
    ["an unknown anchor", "secrets: *x", ["1:10", /anchor/]],
    ["an anchor within itself", "secrets: &x {a: *x}", ["1:13", /itself/]],
  ])("is told with its place: %s", async (_, text, [place, hint]) => {
    const problems = await problemsOf(`${text}\n`);

    expect(problems).toMatchObject([{ code: "CONFIG_SYNTAX", at: ` ${place}` }]);
    expect(problems[0]?.text).toMatch(hint);
  });

  it("is not repeated, since it may hold secrets", async () => {
    using tree = projectTree({
      [yaml]: "a: {b: ]s3cret}\nc: 's3cret' s3cret\n: s3cret\n\ts3cret\n",
    });

    const { problems } = await readConfig({ cwd: tree.directory, env: {} });

    expect(problems.length).toBeGreaterThan(1);
    expect(JSON.stringify(problems)).not.toContain("s3cret");
  });

  it("that blows up by aliases is refused quickly", async () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `  l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(10)}]`,
    );
    const text = `secrets:\n  l0: &l0 [x]\n${levels.join("\n")}\n`;

    expect(await problemsOf(text)).toMatchObject([{ code: "CONFIG_SYNTAX" }]);
  });
});
