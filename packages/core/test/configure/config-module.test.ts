import { expect, it } from "vitest";

import { readConfig } from "../../src/configure/read-config.ts";
import { projectTree, type ProjectTree } from "../discover/project-tree.ts";

function read(tree: ProjectTree) {
  return readConfig({ cwd: tree.directory, env: { RUNNABLE_VAR_A: "a" } });
}

it("reads what a TypeScript file exports as default", async () => {
  using tree = projectTree({
    "package.json": { type: "module" },
    "base.yaml": "secrets: { type: x }",
    "runnable.config.ts": `
      interface Queue { readonly queue: string }
      const config: Queue = { queue: "\${A}" };
      export default { $import: "./base.yaml", "job-executor": { type: "hpc", config }, catalog: undefined };
    `,
  });

  const { sections, problems } = await read(tree);

  expect(problems).toEqual([]);
  expect(sections).toMatchObject({
    "job-executor": { type: "hpc", config: { queue: "a" } },
    secrets: { type: "x" },
    catalog: { type: "file-system" },
  });
});

it("keeps an executor that a factory made", async () => {
  using tree = projectTree({
    "package.json": { type: "module" },
    "runnable.config.js": `
      import { defineDirectExecutor } from "@runnable/plugin";
      import * as z from "zod/mini";
      const mine = defineDirectExecutor({ config: z.object({ n: z.number() }), executeJob: (ctx) => ctx.run() });
      export default { "job-executor": mine({ n: 1 }) };
    `,
  });

  const { sections, problems } = await read(tree);

  expect(problems).toEqual([]);
  expect(sections["job-executor"]).toMatchObject({
    type: "in-code",
    at: ["job-executor"],
    instance: { kind: "direct", config: { n: 1 } },
  });
});

it.each([
  ["throws", "throw new Error('not today')", "CONFIG_IMPORT_FAILED"],
  ["has a syntax error", "export default {", "CONFIG_IMPORT_FAILED"],
  ["exports a list", "export default []", "CONFIG_NOT_A_MAP"],
  ["exports nothing", "// nothing", "CONFIG_NOT_A_MAP"],
])("reports a file that %s", async (_, text, code) => {
  using tree = projectTree({ "package.json": { type: "module" }, "runnable.config.mjs": text });

  const { problems } = await read(tree);

  expect(problems).toMatchObject([
    { code, position: { file: tree.path("runnable.config.mjs"), line: 1, column: 1 } },
  ]);
});

it("reports values that are no config", async () => {
  using tree = projectTree({
    "runnable.config.mjs":
      "export default { catalog: { type: 'x', config: { f() {}, d: new Date(0), list: [NaN] } } }",
  });

  const { problems } = await read(tree);

  expect(problems.map(({ path }) => path?.join("."))).toEqual([
    "catalog.config.f",
    "catalog.config.d",
    "catalog.config.list.0",
  ]);
});
