import { expect, it } from "vitest";

import { projectTree } from "../discover/project-tree.ts";
import { executorFile, resolve, servicesOf } from "./resolve.ts";

const yaml = "runnable-config.yaml";

it("services are core's own without a configuration", async () => {
  using tree = projectTree({ "package.json": {} });

  const { executor, runLog, catalog, secrets } = await servicesOf(tree);

  expect(executor).toMatchObject({ kind: "direct", provider: { package: "@runnable/local" } });
  expect(runLog).toMatchObject({
    embedded: true,
    config: { log_folder: ".run_log_store" },
    provider: { type: "file-system", package: "@runnable/core" },
  });
  expect(catalog).toMatchObject({ embedded: true, config: { catalog_location: ".catalog" } });
  expect(secrets).toMatchObject({ embedded: true, provider: { type: "env-secrets" } });
});

it("services may be files of the project, with their settings validated", async () => {
  using tree = projectTree({
    "package.json": { name: "app", version: "2.0.0", type: "module" },
    "executors/mine.ts": executorFile("z.strictObject({ n: z._default(z.number(), 3) })"),
    [yaml]: "job-executor: { type: ./executors/mine.ts }",
  });

  const { executor } = await servicesOf(tree);

  expect(executor).toMatchObject({
    kind: "direct",
    config: { n: 3 },
    provider: {
      type: "./executors/mine.ts",
      package: "app",
      version: "2.0.0",
      entry: tree.path("executors/mine.ts"),
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    },
  });
});

it("services of installed packages are told with the lockfile's integrity", async () => {
  using tree = projectTree({
    "package.json": { dependencies: { x: "1" } },
    "node_modules/x/package.json": {
      name: "x",
      version: "1.2.3",
      type: "module",
      runnable: { executors: { hpc: "./hpc.js" } },
    },
    "node_modules/x/hpc.js": executorFile("z.strictObject({})"),
    "package-lock.json": JSON.stringify(
      { packages: { "node_modules/x": { version: "1.2.3", integrity: "sha512-abc=" } } },
      undefined,
      2,
    ),
    [yaml]: "job-executor: { type: hpc }",
  });

  const { executor } = await servicesOf(tree);

  expect(executor.provider).toMatchObject({
    package: "x",
    version: "1.2.3",
    integrity: "sha512-abc=",
  });
});

it("services get a re-export's defaults under their settings", async () => {
  using tree = projectTree({
    "package.json": {
      type: "module",
      name: "app",
      runnable: {
        executors: {
          hpc: { from: "app:base", defaults: { limits: { cpu: 1, memory: 2 }, queue: "prod" } },
          base: "./base.ts",
        },
      },
    },
    "base.ts": executorFile(
      "z.strictObject({ queue: z.string(), limits: z.record(z.string(), z.number()) })",
    ),
    [yaml]: "job-executor: { type: hpc, config: { limits: { cpu: 4 } } }",
  });

  const { executor } = await servicesOf(tree);

  expect(executor.config).toEqual({ queue: "prod", limits: { cpu: 4, memory: 2 } });
});

it("services may be an object made in code, by the file or by the caller", async () => {
  using tree = projectTree({
    "package.json": { name: "app", type: "module" },
    "mine.ts": executorFile("z.strictObject({ n: z.number() })"),
    "runnable.config.ts": `
      import mine from "./mine.ts";
      export default { "job-executor": mine({ n: 1 }) };`,
  });
  const { default: mine } = (await import(tree.path("mine.ts"))) as {
    default: (config: object) => object;
  };

  const byFile = await servicesOf(tree);
  const byCaller = await servicesOf(tree, { executor: mine({ n: 2 }) });

  expect(byFile.executor).toMatchObject({
    config: { n: 1 },
    section: { type: "in-code", at: ["job-executor"] },
    provider: { package: "app", entry: tree.path("runnable.config.ts") },
  });
  expect(byCaller.executor).toMatchObject({ config: { n: 2 }, section: { at: undefined } });
});

it("services may come from plugins handed over in code", async () => {
  using tree = projectTree({
    "package.json": { type: "module" },
    "mine.ts": executorFile("z.strictObject({ n: z.number() })"),
    [yaml]: 'job-executor: { type: "acme:fast", config: { n: 1 } }',
  });
  const { default: factory } = (await import(tree.path("mine.ts"))) as { default: never };
  const plugins = [{ package: "acme", version: "1.0.0", executors: { fast: factory } }];

  const { executor } = await servicesOf(tree, { plugins });

  expect(executor).toMatchObject({ config: { n: 1 }, provider: { package: "acme", entry: "" } });
});

it("services warn of a deprecated type", async () => {
  using tree = projectTree({
    "package.json": {
      type: "module",
      runnable: {
        executors: { old: { entry: "./old.ts", deprecated: { since: "2.0", use: "new" } } },
      },
    },
    "old.ts": executorFile("z.strictObject({})"),
    [yaml]: "job-executor:\n  type: old\n",
  });

  const resolution = await resolve(tree);

  expect(resolution).toMatchObject({
    warnings: [{ code: "PLUGIN_DEPRECATED", hint: 'Use "new".', position: { line: 2, column: 3 } }],
  });
});
