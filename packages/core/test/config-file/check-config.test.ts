import { existsSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { checkConfig } from "../../src/config-file/check-config.ts";
import { projectTree, type ProjectTree } from "../discover/project-tree.ts";
import { executorFile } from "../resolve/resolve.ts";

const manifest = { name: "app", version: "1.0.0", type: "module" };

/** A project with this configuration, and with what the plugins below provide. */
function project(config: string, more: { readonly [file: string]: string | object } = {}) {
  return projectTree({
    "package.json": { ...manifest, dependencies: { "@acme/hpc": "1" } },
    "runnable-config.yaml": config,
    "node_modules/@acme/hpc/package.json": {
      ...manifest,
      name: "@acme/hpc",
      runnable: {
        executors: {
          hpc: { entry: "./hpc.js", deprecated: "it is slow" },
          prod: { from: "@acme/hpc:hpc", locked: ["queue"], defaults: { queue: "prod" } },
          far: "./far.js",
        },
      },
    },
    "node_modules/@acme/hpc/hpc.js": executorFile(
      "z.strictObject({ queue: z.string(), token: z.optional(secret(z.string())) })",
    ),
    "node_modules/@acme/hpc/far.js": `
      import { defineRemoteExecutor } from "@runnable/plugin";
      import * as z from "zod/mini";
      export default defineRemoteExecutor({
        config: z.strictObject({ only: z.enum(["run-log", "catalog"]) }),
        place: (need, { config }) =>
          need.role === config.only
            ? { refuse: "it is far", remedy: "Use another store." }
            : { at: "path", path: "/there", shared: true },
      });`,
    ...more,
  });
}

function check(tree: ProjectTree, env: NodeJS.ProcessEnv = {}) {
  return checkConfig({ cwd: tree.directory, env });
}

/** Line and code. */
function placed(problems: Awaited<ReturnType<typeof check>>["problems"]): readonly string[] {
  return problems.map(({ code, position }) => `${position?.line ?? "-"} ${code}`);
}

it("tells who does what where nothing is wrong", async () => {
  using tree = project("job-executors: { far: { config: { only: run-log } } }");

  const { file, problems, warnings, services } = await check(tree);

  expect({ file, problems, warnings }).toEqual({
    file: tree.path("runnable-config.yaml"),
    problems: [],
    warnings: [],
  });
  expect(services.map(({ section, type, package: from }) => [section, type, from])).toEqual([
    ["job-executor", "local", "@runnable/local"],
    ["run-log-store", "file-system", "@runnable/core"],
    ["catalog", "file-system", "@runnable/core"],
    ["secrets", "env-secrets", "@runnable/core"],
    ["job-executors.far", "far", "@acme/hpc"],
  ]);
});

it("holds where there is no file", async () => {
  using tree = projectTree({ "package.json": manifest });

  expect(await check(tree)).toMatchObject({ file: undefined, problems: [], warnings: [] });
});

it("tells of every section at once, those of job-executors too, in the order of the file", async () => {
  using tree = project(`
job-executer: {}
secrets:
  type: dotenvv
job-executor:
  type: prod
  config:
    queue: other
catalog:
  config: {}
run-log-store:
  type: file-system
  config:
    log_foldr: x
    log_folder: \${UNSET}
job-executors:
  hpc:
    config: {}
  unheard-of: {}
`);

  const { problems } = await check(tree);

  expect(placed(problems)).toEqual([
    "2 CONFIG_UNKNOWN_SECTION",
    "4 SECRETS_NOT_FOUND",
    "8 CONFIG_LOCKED_KEY",
    "9 CONFIG_MISSING_KEY",
    "14 CONFIG_UNKNOWN_KEY",
    "15 CONFIG_VARIABLE_UNSET",
    "18 CONFIG_MISSING_KEY",
    "19 EXECUTOR_NOT_FOUND",
  ]);
});

it("looks no further than a file that is no YAML", async () => {
  using tree = project("job-executor: [\nsecrets: { type: dotenvv }");

  const { problems, services } = await check(tree);

  expect(problems.every(({ code }) => code === "CONFIG_SYNTAX")).toBe(true);
  expect(problems.length).toBeGreaterThan(0);
  expect(services).toEqual([]);
});

it("tells what is wrong here beside a file to build upon that is not there, and not what that may bring", async () => {
  using tree = project(`
$import: ./missing.yaml
job-executor:
  type: hpc
  config: { quue: long }
catalog:
  config: {}
`);

  expect(placed((await check(tree)).problems)).toEqual([
    "2 CONFIG_IMPORT_NOT_FOUND",
    "5 CONFIG_UNKNOWN_KEY",
  ]);
});

it("tells of a value that could not be filled in once", async () => {
  using tree = project("job-executor: { type: far, config: { only: '${UNSET}' } }");

  expect(placed((await check(tree)).problems)).toEqual(["1 CONFIG_VARIABLE_UNSET"]);
});

it("warns of deprecated types and of secrets that stand in the file, also where something is wrong", async () => {
  using tree = project("job-executor:\n  type: hpc\n  config: { token: hunter2, other: 1 }");

  const { problems, warnings } = await check(tree);

  expect(placed(warnings)).toEqual(["2 PLUGIN_DEPRECATED", "3 CONFIG_SECRET_LITERAL"]);
  expect(placed(problems)).toContain("3 CONFIG_UNKNOWN_KEY");
  expect(JSON.stringify([problems, warnings])).not.toContain("hunter2");
});

it("warns of packages under plugins that are not installed", async () => {
  using tree = project("plugins:\n  packages:\n    - '@acme/hpc'\n    - '@acme/none'");
  using list = project("plugins: ['@acme/none']");

  expect(placed((await check(tree)).warnings)).toEqual(["4 PLUGIN_NOT_INSTALLED"]);
  expect(placed((await check(list)).warnings)).toEqual(["1 PLUGIN_NOT_INSTALLED"]);
});

it("warns of preferences that choose nothing", async () => {
  using tree = project(
    `plugins:
  resolve:
    hpc: "@acme/hpc:none"
    local: "@acme/hpc:local"
    gpu: "@acme/none:gpu"`,
  );

  const { warnings, problems } = await check(tree);

  expect(problems).toEqual([]);
  expect(placed(warnings)).toEqual([
    "3 PLUGIN_RESOLVE_IDLE",
    "4 PLUGIN_RESOLVE_IDLE",
    "5 PLUGIN_RESOLVE_IDLE",
  ]);
});

describe("storage", () => {
  it("refuses a run log that the executor can't reach", async () => {
    using tree = project(
      "job-executor: { type: far, config: { only: run-log } }\nrun-log-store: { type: file-system }",
    );

    const { problems } = await check(tree);

    expect(placed(problems)).toEqual(["2 STORAGE_REFUSED"]);
    expect(problems[0]).toMatchObject({ hint: "Use another store.", path: ["run-log-store"] });
  });

  it("warns of a catalog that it can't reach: only some jobs need it", async () => {
    using tree = project("job-executor: { type: far, config: { only: catalog } }");

    const { problems, warnings } = await check(tree);

    expect(problems).toEqual([]);
    expect(placed(warnings)).toEqual(["- STORAGE_REFUSED"]);
  });

  it("asks the process that an isolated local job runs in", async () => {
    using tree = project(
      "job-executor: { type: local, config: { isolated: true } }\nrun-log-store: { type: buffered }",
    );
    using here = project("run-log-store: { type: buffered }");

    expect(placed((await check(tree)).problems)).toEqual(["2 STORAGE_REFUSED"]);
    expect(placed((await check(here)).problems)).toEqual([]);
  });
});

it("checks as `run --executor` would", async () => {
  using tree = project("job-executors: { far: { config: { only: run-log } } }");

  const { problems } = await checkConfig({ cwd: tree.directory, env: {}, executor: "far" });

  expect(placed(problems)).toEqual(["- STORAGE_REFUSED"]);
});

it("imports no plugin that the file does not name, and writes nothing", async () => {
  using tree = project("job-executor: { type: far, config: { only: catalog } }", {
    "node_modules/@acme/hpc/hpc.js": `throw new Error("imported");`,
  });

  const { problems } = await check(tree);

  expect(problems).toEqual([]);
  expect(
    ["runnable", "run_log_store", "catalog"].filter((name) => existsSync(tree.path(`.${name}`))),
  ).toEqual([]);
});
