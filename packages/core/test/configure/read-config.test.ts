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
