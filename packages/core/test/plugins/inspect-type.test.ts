import { expect, it } from "vitest";

import { inspectType, type ServiceKind } from "../../src/plugins.ts";
import { plugin } from "../discover/discover.ts";
import { projectTree, type ProjectTree } from "../discover/project-tree.ts";

const remote = `
  import { defineRemoteExecutor, secret } from "@runnable/plugin";
  import { z } from "zod";
  const no = async () => { throw new Error("not now"); };
  export const inner = defineRemoteExecutor({
    config: z.strictObject({
      queue: z.string().describe("Where jobs wait"),
      token: secret(z.string().default("none-given")),
      limits: z.strictObject({ gpus: z.int().default(2) }).prefault({}),
      mode: z.enum(["slow", "fast"]).default("slow"),
      tags: z.array(z.string()).optional(),
    }),
    place: (need, { config }) => {
      if (need.kind === "memory") return { refuse: "no such memory there", remedy: "Use another." };
      if (need.kind === "files") throw Object.assign(new Error(config.token), { code: "BAD" });
      if (need.kind === "values") return { at: "stdin" };
      return need.kind === "path"
        ? { at: "path", path: "/mnt/" + config.token, shared: "verify" }
        : { at: "endpoint", url: need.url, shared: true };
    },
    plan: () => ({}), submitJob: no, find: no, cancel: no, remove: no, checkHealth: no,
    async *observe() {}, async *logs() {},
  });
  export default inner;`;

const files = {
  "package.json": plugin("app", {
    far: { entry: "./far.ts", jobSide: { entry: "./side.ts", config: ["queue"] } },
    prod: {
      from: "app:far",
      defaults: { queue: "prod", token: "k3y" },
      locked: ["queue", "token"],
    },
    limited: "./limited.ts",
  }),
  "far.ts": remote,
  "side.ts": "",
  "limited.ts": `
    import { withPolicies } from "@runnable/plugin";
    import { z } from "zod";
    import { inner } from "./far.ts";
    export default withPolicies(inner, [{ key: "audit", config: z.strictObject({}) }]);`,
};

function inspect(tree: ProjectTree, type: string, kind?: ServiceKind) {
  return inspectType(type, { cwd: tree.directory, env: {}, ...(kind && { kind }) });
}

it("tells the settings of a type: types, defaults, docs, what is required, secret", async () => {
  using tree = projectTree(files);

  const [inspection] = await inspect(tree, "far");

  expect(inspection?.config).toEqual({
    documented: true,
    keys: [
      {
        key: "queue",
        type: "string",
        required: true,
        description: "Where jobs wait",
        secret: false,
      },
      { key: "token", type: "string", required: false, secret: true },
      { key: "limits", type: "object", required: false, default: {}, secret: false },
      { key: "limits.gpus", type: "integer", required: false, default: 2, secret: false },
      { key: "mode", type: '"slow" | "fast"', required: false, default: "slow", secret: false },
      { key: "tags", type: "string[]", required: false, secret: false },
    ],
  });
  expect(inspection).toMatchObject({
    executor: "remote",
    name: "app:far",
    capabilities: ["find", "checkHealth"],
    jobSide: { entry: tree.path("side.ts"), config: ["queue"] },
  });
});

it("gives no answers while settings are lacking, and says which", async () => {
  using tree = projectTree(files);

  const [inspection] = await inspect(tree, "far");

  expect(inspection?.answers).toEqual([]);
  expect(inspection?.sample.lacks).toEqual([expect.stringContaining('"queue"')]);
});

it("answers to one need of each kind with the project's settings, and shows no secret", async () => {
  using tree = projectTree({
    ...files,
    "runnable-config.yaml":
      "job-executors:\n  far:\n    config: {queue: long, token: s3cr3t-value}\n",
  });

  const [inspection] = await inspect(tree, "far");

  expect(inspection?.sample).toEqual({ section: "job-executors.far", lacks: [] });
  expect(inspection?.answers).toMatchObject([
    { need: "path", at: "path", where: "/mnt/***", shared: "verify" },
    { need: "endpoint", at: "endpoint", where: "https://storage.example/bucket", shared: true },
    { need: "values", at: "stdin" },
    { need: "files", throws: "BAD" },
    { need: "memory", refuse: "no such memory there", remedy: "Use another." },
  ]);
  expect(JSON.stringify(inspection)).not.toContain("s3cr3t-value");
});

it("tells what a re-export locks, without a secret's value", async () => {
  using tree = projectTree(files);

  const [inspection] = await inspect(tree, "prod");

  expect(inspection?.via).toEqual(["app:far"]);
  expect(inspection?.config.keys.filter(({ lockedBy }) => lockedBy)).toEqual([
    {
      key: "queue",
      type: "string",
      required: false,
      default: "prod",
      description: "Where jobs wait",
      secret: false,
      lockedBy: "app:prod",
    },
    { key: "token", type: "string", required: false, secret: true, lockedBy: "app:prod" },
  ]);
  expect(JSON.stringify(inspection)).not.toContain("k3y");
});

it("tells how long the first import of a module named by its path took", async () => {
  using tree = projectTree({
    "package.json": {},
    "slow.ts": `await new Promise((resolve) => setTimeout(resolve, 60));\n${remote}`,
  });

  const [inspection] = await inspect(tree, "./slow.ts");

  expect(inspection?.importMilliseconds).toBeGreaterThan(50);
});

it("tells the keys of policies", async () => {
  using tree = projectTree(files);

  expect(await inspect(tree, "limited")).toMatchObject([{ policies: ["audit"] }]);
});

it("tells what a store needs, of each kind that has the type", async () => {
  using tree = projectTree({ "package.json": {} });

  const inspections = await inspect(tree, "file-system");

  expect(inspections.map(({ kind, answers }) => [kind, answers])).toEqual([
    [
      "run-log-store",
      [{ need: "path", sample: `write the directory ${tree.path(".run_log_store")}` }],
    ],
    ["catalog", [{ need: "path", sample: `write the directory ${tree.path(".catalog")}` }]],
  ]);
});

it("finds out of which kind a file is", async () => {
  using tree = projectTree({
    "package.json": {},
    "sub/store.ts": `
      import { defineCatalog } from "@runnable/plugin";
      export default defineCatalog({
        config: { "~standard": { version: 1, vendor: "x", validate: (value) => ({ value }) } },
        needs: () => [], relocate: (config) => config, open: () => ({}),
      });`,
  });
  const options = { cwd: tree.path("sub"), env: {} };

  expect(await inspectType("./store.ts", options)).toMatchObject([
    { kind: "catalog", config: { documented: false, keys: [] } },
  ]);
});

it.each([
  ["nothing", "EXECUTOR_NOT_FOUND"],
  ["thrower", "PLUGIN_IMPORT_FAILED"],
])("says why %s can't be inspected", async (type, code) => {
  using tree = projectTree({
    "package.json": plugin("app", { thrower: "./thrower.ts" }),
    "thrower.ts": "throw new Error('broken');",
  });

  await expect(inspect(tree, type)).rejects.toMatchObject({ code, exitCode: 78 });
});

it("imports no other module", async () => {
  using tree = projectTree({
    ...files,
    "node_modules/other/package.json": plugin("other", { far2: "./other.js" }),
    "package.json": { ...files["package.json"], dependencies: { other: "1" } },
    "node_modules/other/other.js": "globalThis.otherWasImported = true;",
  });

  await inspect(tree, "far");

  expect(globalThis).not.toHaveProperty("otherWasImported");
});
