import { expect, it } from "vitest";

import { configError } from "../../src/configure/report.ts";
import { projectTree } from "../discover/project-tree.ts";
import { executorFile, problemsIn, resolve } from "./resolve.ts";

const yaml = "runnable-config.yaml";

it("problems of the file and of all sections come together", async () => {
  using tree = projectTree({
    "package.json": { type: "module" },
    "mine.ts": executorFile("z.strictObject({ queue: z.string() })"),
    [yaml]: `
job-executor:
  type: ./mine.ts
  config: { queu: a }
run-log-store:
  type: file-system
  config: { log_foldr: a }
catalog: { type: s3 }
secretz: {}
`,
  });

  const problems = await problemsIn(tree);

  expect(problems).toEqual([
    ["CONFIG_UNKNOWN_SECTION", "secretz", 9],
    ["CONFIG_MISSING_KEY", "job-executor.config.queue", 4],
    ["CONFIG_UNKNOWN_KEY", "job-executor.config.queu", 4],
    ["CONFIG_UNKNOWN_KEY", "run-log-store.config.log_foldr", 7],
    ["CATALOG_NOT_FOUND", "catalog.type", 8],
  ]);
});

it("problems of a file that could not be read hide those of its defaults", async () => {
  using tree = projectTree({ "package.json": {}, [yaml]: "job-executor: [" });

  expect(await problemsIn(tree, { executor: "none" })).toEqual([["CONFIG_SYNTAX", undefined, 1]]);
});

it("problems are one error, which names keys and files and no values", async () => {
  using tree = projectTree({
    "package.json": { type: "module" },
    "mine.ts": executorFile("z.strictObject({ n: z.number(), token: z.number() })"),
    [yaml]: "job-executor:\n  type: ./mine.ts\n  config: { n: s3cret, token: '${T}' }\n",
  });
  const resolution = await resolve(tree, {}, { RUNNABLE_VAR_T: "s3cret" });

  const error = configError("problems" in resolution ? resolution.problems : [], tree.directory);

  expect(error.message).toContain("runnable-config.yaml:3:13  job-executor.config.n");
  expect(error.message).not.toContain("s3cret");
});

it("problems of settings in job-executors stand there", async () => {
  using tree = projectTree({
    "package.json": { runnable: { executors: { mine: "./mine.ts" } }, type: "module" },
    "mine.ts": executorFile("z.strictObject({})"),
    [yaml]: "job-executors:\n  mine:\n    config:\n      queue: a\n",
  });

  expect(await problemsIn(tree, { executor: "mine" })).toEqual([
    ["CONFIG_UNKNOWN_KEY", "job-executors.mine.config.queue", 4],
  ]);
});

it("problems of a type that no file names are where its settings would be", async () => {
  using tree = projectTree({
    "package.json": { type: "module", runnable: { executors: { mine: "./mine.ts" } } },
    "mine.ts": executorFile("z.strictObject({ queue: z.string() })"),
    [yaml]: "job-executors:\n  other: {}\n",
  });

  expect(await problemsIn(tree, { executor: "mine" })).toEqual([
    ["CONFIG_MISSING_KEY", "job-executors.mine.config.queue", undefined],
  ]);
  expect(await problemsIn(tree, { executor: "mime" })).toEqual([
    ["EXECUTOR_NOT_FOUND", undefined, undefined],
  ]);
  expect(await problemsIn(tree, { executor: "other" })).toEqual([
    ["EXECUTOR_NOT_FOUND", "job-executors.other", 2],
  ]);
});

it("problems tell of a locked key, and of all others beside it", async () => {
  using tree = projectTree({
    "package.json": {
      name: "app",
      type: "module",
      runnable: {
        executors: { hpc: { from: "app:base", locked: ["limits.cpu"] }, base: "./mine.ts" },
      },
    },
    "mine.ts": executorFile(
      "z.strictObject({ limits: z.strictObject({ cpu: z.string() }), queue: z.string() })",
    ),
    [yaml]: "job-executor:\n  type: hpc\n  config:\n    limits:\n      cpu: 3\n    queue: 7\n",
  });

  expect(await problemsIn(tree)).toEqual([
    ["CONFIG_LOCKED_KEY", "job-executor.config.limits.cpu", 5],
    ["CONFIG_VALUE", "job-executor.config.queue", 6],
  ]);
});

it.each([
  ["throws", "throw new Error('no client');", "PLUGIN_IMPORT_FAILED"],
  ["throws a text", "throw 'no client';", "PLUGIN_IMPORT_FAILED"],
  ["needs what is not installed", "import 'not-there';", "PLUGIN_IMPORT_FAILED"],
  ["exports nothing", "", "PLUGIN_NOT_A_FACTORY"],
  ["exports something else", "export default () => ({});", "PLUGIN_NOT_A_FACTORY"],
  ["exports a store", executorFile("z.object({})", "defineSecrets"), "PLUGIN_WRONG_KIND"],
  ["is direct, not remote", executorFile("z.object({})"), "PLUGIN_WRONG_KIND"],
])("problems tell of a module that %s", async (_, text, code) => {
  using tree = projectTree({
    "package.json": {
      type: "module",
      runnable: { executors: { mine: { entry: "./mine.js", kind: "remote" } } },
    },
    "mine.js": text,
    [yaml]: "job-executor:\n  type: mine\n",
  });

  expect(await problemsIn(tree)).toEqual([[code, "job-executor.type", 2]]);
});

it("problems tell of a module that is not in its package", async () => {
  using tree = projectTree({
    "package.json": { runnable: { executors: { mine: "./dist/mine.js" } } },
    [yaml]: "job-executor: { type: mine }",
  });

  expect(await problemsIn(tree)).toEqual([["PLUGIN_ENTRY_MISSING", "job-executor.type", 1]]);
});

it("refuses an executor that no factory made", async () => {
  using tree = projectTree({ "package.json": {} });

  expect(await resolve(tree, { executor: { submitJob() {} } })).toMatchObject({
    problems: [{ code: "PLUGIN_NOT_A_FACTORY", path: ["job-executor"] }],
  });
});
