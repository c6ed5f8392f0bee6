import { expect, it } from "vitest";

import { composeConfigSchema } from "../../src/config-file/compose-schema.ts";
import { rootKeys } from "../../src/configure/section-names.ts";
import { projectTree, type ProjectTree } from "../discover/project-tree.ts";
import { executorFile } from "../resolve/resolve.ts";

const app = { name: "app", version: "1.0.0", type: "module" };

interface Files {
  readonly [path: string]: string | object;
}

function plugin(name: string, runnable: object, files: Files = {}): Files {
  const manifest = { name, version: "1.0.0", type: "module", runnable };
  const placed = Object.entries(files).map(([file, text]) => [
    `node_modules/${name}/${file}`,
    text,
  ]);
  return { [`node_modules/${name}/package.json`]: manifest, ...Object.fromEntries(placed) };
}

/** A project that depends on `@acme/a` and `@acme/b`. */
function project(files: Files): ProjectTree {
  const dependencies = { "@acme/a": "1", "@acme/b": "1" };
  return projectTree({ "package.json": { ...app, dependencies }, ...files });
}

async function compose(tree: ProjectTree) {
  const { schema, warnings } = await composeConfigSchema({ cwd: tree.directory, env: {} });
  const text = JSON.stringify(schema);
  return { text, definitions: schema["definitions"] as Record<string, unknown>, warnings, schema };
}

const queue = executorFile("z.strictObject({ queue: z.string() })");

it("has a place for everything that the reader lets stand at the root", async () => {
  using tree = project({});

  const { properties, patternProperties } = (await compose(tree)).schema;

  const keys = new Set(Object.keys(properties ?? {}));
  const patterns = Object.keys(patternProperties ?? {}).map((pattern) => new RegExp(pattern, "u"));
  const unknown = [...rootKeys, "job_executors", "run_log_store"].filter(
    (key) => !keys.has(key) && !patterns.some((item) => item.test(key)),
  );
  expect(unknown).toEqual([]);
});

it("offers a short name that two packages provide by its full names alone", async () => {
  using tree = project({
    ...plugin("@acme/a", { executors: { fast: "./gpu.js" } }, { "gpu.js": queue }),
    ...plugin("@acme/b", { executors: { fast: "./gpu.js" } }, { "gpu.js": queue }),
  });

  const { text } = await compose(tree);

  expect(text).toContain('"@acme/a:fast"');
  expect(text).toContain('"@acme/b:fast"');
  expect(text).not.toContain('"fast"');
});

it("offers a name that core keeps for itself by its full name alone", async () => {
  using tree = project({
    ...plugin("@acme/a", { executors: { local: "./x.js" } }, { "x.js": queue }),
  });

  const { text } = await compose(tree);

  expect(text).toContain('"enum":["@acme/a:local"]');
  expect(text).toContain('"enum":["local","@runnable/local:local"]');
});

it("leaves out what plugins.allow refuses", async () => {
  using tree = project({
    "runnable-config.yaml": 'plugins: { allow: ["@acme/b"] }',
    ...plugin("@acme/a", { executors: { one: "./x.js" } }, { "x.js": queue }),
    ...plugin("@acme/b", { executors: { two: "./x.js" } }, { "x.js": queue }),
  });

  const { definitions } = await compose(tree);

  expect(Object.keys(definitions)).toContain("job-executor:@acme/b:two");
  expect(Object.keys(definitions)).not.toContain("job-executor:@acme/a:one");
});

it("describes a module of the project that the file names", async () => {
  using tree = project({
    "runnable-config.yaml": "job-executor: { type: ./mine.js }",
    "mine.js": queue,
  });

  const { text } = await compose(tree);

  expect(text).toContain('"enum":["./mine.js"]');
  expect(text).toContain('"queue":{"type":"string"}');
});

it("leaves a plugin undocumented that can't be imported, and says so", async () => {
  using tree = project({
    ...plugin(
      "@acme/a",
      { executors: { bad: "./bad.js" } },
      { "bad.js": "throw new Error('no');" },
    ),
  });

  const { definitions, warnings } = await compose(tree);

  expect(warnings.map(({ code }) => code)).toEqual(["PLUGIN_IMPORT_FAILED"]);
  expect(definitions["job-executor:@acme/a:bad"]).toEqual({
    description: "Provided by @acme/a",
    type: ["object", "null"],
  });
});

it("imports nothing of a plugin that names a schema file", async () => {
  using tree = project({
    ...plugin(
      "@acme/a",
      { executors: { x: { entry: "./x.js", schema: "./x.json" } } },
      { "x.js": "throw new Error('imported');", "x.json": `{ "type": "object" }` },
    ),
  });

  expect((await compose(tree)).warnings).toEqual([]);
});

it("keeps references of a plugin's schema within that schema", async () => {
  const schema = {
    $id: "https://acme.test/x",
    type: "object",
    properties: { tree: { $ref: "#/definitions/node" }, self: { $ref: "#" } },
    definitions: { node: { properties: { left: { $ref: "#/definitions/node" } } } },
  };
  using tree = project({
    ...plugin(
      "@acme/a",
      { executors: { x: { entry: "./x.js", schema: "./x.json" } } },
      { "x.json": JSON.stringify(schema) },
    ),
  });

  const { definitions } = await compose(tree);

  const at = "#/definitions/job-executor:@acme~1a:x";
  expect(definitions["job-executor:@acme/a:x"]).toEqual({
    description: "Provided by @acme/a",
    type: ["object", "null"],
    properties: { tree: { $ref: `${at}/definitions/node` }, self: { $ref: at } },
    definitions: { node: { properties: { left: { $ref: `${at}/definitions/node` } } } },
  });
});

it("gives the same text each time, without anything of this machine in it", async () => {
  const files: Files = {
    ...plugin("@acme/a", { executors: { one: "./x.js" } }, { "x.js": queue }),
    ...plugin("@acme/b", { executors: { two: "./x.js" } }, { "x.js": queue }),
  };
  using first = project(files);
  using second = project(Object.fromEntries(Object.entries(files).toReversed()));

  const texts = [await compose(first), await compose(second)].map(({ text }) => text);

  expect(texts[1]).toBe(texts[0]);
  expect(texts[0]).not.toContain(first.directory);
});
