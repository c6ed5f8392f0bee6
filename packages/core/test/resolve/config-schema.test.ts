import { describe, expect, it } from "vitest";

import { configSchemaOf, documentedConfig } from "../../src/resolve/config-schema.ts";
import { candidateOf, discover } from "../discover/discover.ts";
import { projectTree, type ProjectTree } from "../discover/project-tree.ts";
import { executorFile } from "./resolve.ts";

function withExecutor(module: string, entry: object = {}): ProjectTree {
  return projectTree({
    "package.json": {
      name: "app",
      version: "1.0.0",
      type: "module",
      runnable: { executors: { hpc: { entry: "./hpc.js", ...entry } } },
    },
    "hpc.js": module,
  });
}

function hpcOf(tree: ProjectTree, type = "hpc") {
  return candidateOf(discover(tree).find("job-executor", type));
}

const queueAndToken = `strictObject({
  queue: z.string().check(z.describe("Where jobs wait.")),
  token: secret(z.string()),
  cores: z._default(z.int(), 1),
})`;

function reExport(entry: object, schema = queueAndToken): ProjectTree {
  return projectTree({
    "package.json": {
      name: "app",
      version: "1.0.0",
      runnable: { executors: { prod: { from: "@acme/hpc:hpc", ...entry } } },
    },
    "node_modules/@acme/hpc/package.json": {
      name: "@acme/hpc",
      version: "1.0.0",
      type: "module",
      runnable: { executors: { hpc: "./hpc.js" } },
    },
    "node_modules/@acme/hpc/hpc.js": executorFile(`z.${schema}`),
  });
}

it("asks a plugin's own schema, also one of zod/mini, and marks what is secret", async () => {
  using tree = withExecutor(executorFile(`z.${queueAndToken}`));

  expect(await configSchemaOf(hpcOf(tree))).toMatchObject({
    type: "object",
    required: ["queue", "token"],
    additionalProperties: false,
    properties: {
      queue: { type: "string", description: "Where jobs wait." },
      token: { type: "string", writeOnly: true },
      cores: { type: "integer", default: 1 },
    },
  });
});

it("asks any library by Standard JSON Schema", async () => {
  using tree = withExecutor(`
    import { defineDirectExecutor } from "@runnable/plugin";
    const config = { "~standard": {
      version: 1, vendor: "acme", validate: (value) => ({ value }),
      jsonSchema: { input: ({ target }) => ({ type: "object", description: target }) },
    } };
    export default defineDirectExecutor({ config, executeJob: (ctx) => ctx.run() });`);

  expect(await configSchemaOf(hpcOf(tree))).toEqual({ type: "object", description: "draft-07" });
});

it("puts the keys of policies beside the executor's own", async () => {
  using tree = withExecutor(`
    import { defineRemoteExecutor, withPolicies } from "@runnable/plugin";
    import * as z from "zod/mini";
    const inner = defineRemoteExecutor({ config: z.strictObject({ queue: z.string() }) });
    export default withPolicies(inner, [
      { key: "audit", config: z.strictObject({ to: z.string() }) },
      { key: "limits", config: z.strictObject({ most: z.optional(z.number()) }) },
    ]);`);

  expect(await configSchemaOf(hpcOf(tree))).toMatchObject({
    required: ["queue", "audit"],
    properties: {
      queue: { type: "string" },
      audit: { properties: { to: { type: "string" } } },
      limits: { properties: { most: { type: "number" } } },
    },
  });
});

it.each([
  ["zod 3", `import { z } from "zod/v3"; const config = z.object({ a: z.string() });`],
  [
    "a library without JSON Schema",
    `const config = { "~standard": { version: 1, vendor: "x", validate: (value) => ({ value }) } };`,
  ],
])("has nothing to say about %s", async (_, schema) => {
  using tree = withExecutor(`
    import { defineDirectExecutor } from "@runnable/plugin"; ${schema}
    export default defineDirectExecutor({ config, executeJob: (ctx) => ctx.run() });`);

  expect(await documentedConfig(hpcOf(tree))).toEqual({ schema: undefined });
});

describe("the manifest's schema file", () => {
  const module = `throw new Error("imported");`;

  it("is taken as it is, and nothing is imported", async () => {
    using tree = withExecutor(module, { schema: "./hpc.json" });
    tree.write("hpc.json", { type: "object", properties: { queue: { type: "string" } } });

    expect(await documentedConfig(hpcOf(tree))).toEqual({
      schema: { type: "object", properties: { queue: { type: "string" } } },
    });
  });

  it.each([
    ["is a list", "[]"],
    ["is no JSON", "{"],
    ["is missing", undefined],
  ])("is a finding where it %s", async (_, text) => {
    using tree = withExecutor(module, { schema: "./hpc.json" });
    if (text !== undefined) tree.write("hpc.json", text);

    expect(await documentedConfig(hpcOf(tree))).toMatchObject({
      schema: undefined,
      finding: { code: "PLUGIN_SCHEMA_FILE" },
    });
  });
});

it("is a finding where the module throws", async () => {
  using tree = withExecutor(`throw new Error("no licence");`);

  expect(await documentedConfig(hpcOf(tree))).toMatchObject({
    schema: undefined,
    finding: { code: "PLUGIN_IMPORT_FAILED" },
  });
});

describe("a re-export", () => {
  it("shows its defaults, which are then no longer required", async () => {
    using tree = reExport({ defaults: { queue: "prod", cores: 8 } });

    expect(await configSchemaOf(hpcOf(tree, "prod"))).toMatchObject({
      required: ["token"],
      properties: { queue: { default: "prod" }, cores: { default: 8 } },
    });
  });

  it("leaves out what it locks", async () => {
    using tree = reExport({ defaults: { queue: "prod" }, locked: ["queue"] });

    const schema = await configSchemaOf(hpcOf(tree, "prod"));

    expect(schema).toMatchObject({ required: ["token"], additionalProperties: false });
    expect(Object.keys(schema?.["properties"] ?? {})).toEqual(["token", "cores"]);
  });

  it("refuses what it locks where other keys are allowed", async () => {
    using tree = reExport({ locked: ["queue"] }, "looseObject({ queue: z.string() })");

    expect(await configSchemaOf(hpcOf(tree, "prod"))).toMatchObject({
      properties: { queue: { not: {} } },
    });
  });

  it("still asks for the keys of a map that its defaults fill in part", async () => {
    using tree = reExport(
      { defaults: { net: { host: "a" } }, locked: ["net.host"] },
      "strictObject({ net: z.strictObject({ host: z.string(), port: z.number() }) })",
    );

    expect(await configSchemaOf(hpcOf(tree, "prod"))).toMatchObject({
      required: ["net"],
      properties: { net: { required: ["port"], properties: { port: { type: "number" } } } },
    });
  });
});
