import { describe, expect, it } from "vitest";

import { readConfig } from "../../src/configure/read-config.ts";
import { projectTree, type ProjectTree } from "../discover/project-tree.ts";

const yaml = "runnable-config.yaml";

function read(
  tree: ProjectTree,
  more: { file?: string; fileInCode?: string; cwd?: string; env?: NodeJS.ProcessEnv } = {},
) {
  return readConfig({ env: {}, ...more, cwd: more.cwd ?? tree.directory });
}

async function problemsOf(text: string) {
  using tree = projectTree({ [yaml]: text, "package.json": {} });
  const { problems } = await read(tree);
  return problems.map(({ code, path, position, hint }) => ({
    code,
    at: [path?.join("."), position && `${position.line}:${position.column}`].join(" "),
    hint,
  }));
}

describe("where a configuration comes from", () => {
  it("has upstream's defaults without a file", async () => {
    using tree = projectTree({ "package.json": {}, "jobs/readme": "" });

    const config = await read(tree, { cwd: tree.path("jobs") });

    expect(config).toMatchObject({
      file: undefined,
      projectDirectory: tree.directory,
      problems: [],
      sections: {
        "job-executor": { type: "local", config: {}, at: undefined },
        "run-log-store": { type: "file-system" },
        catalog: { type: "file-system" },
        secrets: { type: "env-secrets" },
      },
    });
  });

  it("finds the nearest file above, within the repository", async () => {
    using tree = projectTree({
      [yaml]: "secrets: {type: dotenv}",
      "repo/.git/HEAD": "",
      "repo/sub/x": "",
      "other/.git/HEAD": "",
      "other/runnable-config.yml": "secrets: {type: file}",
      "other/a/b/x": "",
    });

    const outside = await read(tree, { cwd: tree.path("repo/sub") });
    const inside = await read(tree, { cwd: tree.path("other/a/b") });

    expect(outside.file).toBeUndefined();
    expect(inside.file).toBe(tree.path("other/runnable-config.yml"));
    expect(inside.projectDirectory).toBe(tree.path("other"));
    expect(inside.sections.secrets.type).toBe("file");
  });

  it("finds nothing above a directory that is in no repository and no package", async () => {
    using tree = projectTree({
      [yaml]: "",
      "loose/x": "",
      "package/package.json": {},
      "package/a/x": "",
    });
    tree.write("package/runnable-config.yaml", "");

    expect((await read(tree, { cwd: tree.path("loose") })).file).toBeUndefined();
    expect((await read(tree, { cwd: tree.path("package/a") })).file).toBe(
      tree.path("package/runnable-config.yaml"),
    );
  });

  it("prefers --config, then the environment, then the file named in code, then the search", async () => {
    using tree = projectTree({
      [yaml]: "",
      "a.yaml": "",
      "b.yaml": "",
      "c.yaml": "",
      "package.json": {},
    });
    const env = { RUNNABLE_CONFIGURATION_FILE: "b.yaml" };

    const files = await Promise.all([
      read(tree, { file: "a.yaml", env, fileInCode: "c.yaml" }),
      read(tree, { env, fileInCode: "c.yaml" }),
      read(tree, { fileInCode: "c.yaml" }),
      read(tree),
    ]);

    expect(files.map(({ file }) => file)).toEqual(
      ["a.yaml", "b.yaml", "c.yaml", yaml].map(tree.path),
    );
  });

  it("keeps the project of a file named in another folder", async () => {
    using tree = projectTree({ "package.json": {}, "configs/prod.yaml": "" });

    const config = await read(tree, { file: "configs/prod.yaml" });

    expect(config.projectDirectory).toBe(tree.directory);
  });

  it("reports a named file that is not there", async () => {
    using tree = projectTree({ "package.json": {} });

    const { problems } = await read(tree, { file: "prod.yaml" });

    expect(problems.map(({ code }) => code)).toEqual(["CONFIG_FILE_NOT_FOUND"]);
    expect(problems[0]?.message).toContain("prod.yaml");
  });

  it("takes an empty file for defaults", async () => {
    using tree = projectTree({
      [yaml]: "# nothing yet\n",
      "runnable-config.yml": "secrets: {type: x}",
    });

    const config = await read(tree);

    expect(config.problems).toEqual([]);
    expect(config.sections.secrets.type).toBe("env-secrets");
  });
});

describe("sections", () => {
  it.each(["-", "_"])("may be spelt with %s", async (mark) => {
    using tree = projectTree({
      [yaml]: ["job-executor:", "  type: emulator", "run-log-store:", "  type: buffered", ""]
        .join("\n")
        .replaceAll("-", mark),
    });

    const { sections, problems } = await read(tree);

    expect(problems).toEqual([]);
    expect(sections["job-executor"]).toEqual({
      type: "emulator",
      config: {},
      at: ["job-executor"],
    });
    expect(sections["run-log-store"].type).toBe("buffered");
  });

  it("of upstream's documentation are accepted as they are", async () => {
    using tree = projectTree({
      [yaml]: `
pipeline-executor:
  type: local
run-log-store:
  type: file-system
  config:
    log_folder: ".run_log_store"
catalog:
  type: file-system
  config:
    catalog_location: ".catalog"
secrets:
  type: dotenv
  config:
    location: .env
pickler:
  type: pickle
job-executor:
  type: local
`,
    });

    const { sections, problems } = await read(tree);

    expect(problems).toEqual([]);
    expect(sections.secrets.config).toEqual({ location: ".env" });
  });

  it("keep numbers, lists and maps as YAML has them, and dates as text", async () => {
    using tree = projectTree({
      [yaml]: "base: &b {x: 1}\n".replace("base", "catalog") + "",
    });
    tree.write(
      yaml,
      `catalog:
  type: file-system
  config:
    base: &base { x: 1, y: 2 }
    merged: { <<: *base, y: 3 }
    list: [1.5, true, null, 2026-11-25]
`,
    );

    const { sections, problems } = await read(tree);

    expect(problems).toEqual([]);
    expect(sections.catalog.config).toEqual({
      base: { x: 1, y: 2 },
      merged: { x: 1, y: 3 },
      list: [1.5, true, null, "2026-11-25"],
    });
  });

  it("list packages and what is allowed under plugins", async () => {
    using tree = projectTree({
      [yaml]: 'plugins: {packages: ["@acme/x", ./tools], allow: ["@acme/*"]}',
    });

    expect((await read(tree)).plugins).toEqual({
      packages: ["@acme/x", "./tools"],
      allow: ["@acme/*"],
    });

    tree.write(yaml, "plugins: [a, b]");

    expect((await read(tree)).plugins).toEqual({ packages: ["a", "b"], allow: undefined });
  });

  it("name files relative to the file that names them", async () => {
    using tree = projectTree({
      "package.json": {},
      "configs/prod.yaml": "job-executor: {type: ./my-executor.ts}",
    });

    const { sections } = await read(tree, { file: "configs/prod.yaml" });

    expect(sections["job-executor"].type).toBe("./configs/my-executor.ts");
  });
});

describe("problems", () => {
  it.each([
    ["an unknown section", "catalogue: {type: x}", "CONFIG_UNKNOWN_SECTION", "catalogue 1:1"],
    ["an unknown key", "catalog:\n  tipe: x\n  type: y", "CONFIG_UNKNOWN_KEY", "catalog.tipe 2:3"],
    ["a section without type", "catalog:\n  config: {}", "CONFIG_MISSING_KEY", "catalog.type 1:1"],
    ["a type that is no text", "catalog:\n  type: 3", "CONFIG_VALUE", "catalog.type 2:3"],
    ["a section that is no map", "catalog: s3", "CONFIG_VALUE", "catalog 1:1"],
    [
      "a config that is no map",
      "catalog:\n  type: x\n  config: [1]",
      "CONFIG_VALUE",
      "catalog.config 3:3",
    ],
    [
      "a number that JSON lacks",
      "catalog:\n  type: x\n  config: {n: .inf}",
      "CONFIG_VALUE",
      "catalog.config.n 3:12",
    ],
    [
      "two spellings",
      "job-executor: {type: a}\njob_executor: {type: b}",
      "CONFIG_DUPLICATE_SECTION",
      "job_executor 2:1",
    ],
    ["another pickler", "pickler: {type: dill}", "CONFIG_PIPELINE", "pickler 1:1"],
    [
      "a pipeline's executor",
      "pipeline_executor: {type: argo}",
      "CONFIG_PIPELINE",
      "pipeline-executor 1:1",
    ],
    ["plugins that are no names", "plugins:\n  allow: 3", "CONFIG_VALUE", "plugins.allow 2:3"],
    ["executors that are no map", "job-executors: [a]", "CONFIG_VALUE", "job-executors 1:1"],
    [
      "an unknown key of an executor",
      "job-executors:\n  a:\n    image: x",
      "CONFIG_UNKNOWN_KEY",
      "job-executors.a.image 3:5",
    ],
    ["a list", "- a", "CONFIG_NOT_A_MAP", " 1:1"],
    ["a value", "local", "CONFIG_NOT_A_MAP", " 1:1"],
  ])("tell of %s", async (_, text, code, at) => {
    expect(await problemsOf(text)).toEqual([expect.objectContaining({ code, at })]);
  });

  it("come all at once, with suggestions", async () => {
    const problems = await problemsOf(
      "job-executer: {type: x}\ncatalog:\n  typ: y\n  config: {a: .nan}\n",
    );

    expect(problems).toMatchObject([
      { at: "job-executer 1:1", hint: 'Did you mean "job-executor"?' },
      { at: "catalog.typ 3:3", hint: 'Did you mean "type"?' },
      { at: "catalog.config.a 4:12" },
      { at: "catalog.type 2:1" },
    ]);
  });

  it("never hold values", async () => {
    using tree = projectTree({
      [yaml]: "catalog:\n  type: [s3cret]\n  config: s3cret\nsecrets: s3cret\n",
    });

    const { problems } = await read(tree);

    expect(problems.length).toBe(3);
    expect(JSON.stringify(problems)).not.toContain("s3cret");
  });
});

describe("YAML that is broken", () => {
  it.each([
    ["an unquoted @", "job-executor:\n  type: @acme/x:y", "2:9", /quotes/],
    ["a backtick", "secrets:\n  type: `x`", "2:9", /quotes/],
    ["a key that stands twice", "secrets: {}\nsecrets: {}", "2:1", /one/],
    ["a tab", "secrets:\n\ttype: env", "2:1", /spaces/],
    ["bad indentation", "secrets:\n    type: env\n  config: {}", "3:1", /column/],
    ["an open bracket", "secrets: [a,", "2:1", /brackets/],
    ["an open quote", "secrets: 'a", "2:1", /line/],
    ["two documents", "secrets: {}\n---\ncatalog: {}", "2:1", /---/],
    ["a nested map on one line", "secrets: type: env", "1:10", /quotes/],
    ["a tag", "secrets: !env x", "1:10", /tags/],
    ["an unknown anchor", "secrets: *x", "1:10", undefined],
    ["an anchor within itself", "secrets: &x {a: *x}", "1:13", undefined],
  ])("is told with its place: %s", async (_, text, place, hint) => {
    const problems = await problemsOf(text + "\n");

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: "CONFIG_SYNTAX", at: ` ${place}` });
    if (hint) expect(problems[0]?.hint).toMatch(hint);
  });

  it("is not repeated, since it may hold secrets", async () => {
    using tree = projectTree({
      [yaml]: "a: {b: ]s3cret}\nc: 's3cret' s3cret\n: s3cret\n\ts3cret\n",
    });

    const { problems } = await read(tree);

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
