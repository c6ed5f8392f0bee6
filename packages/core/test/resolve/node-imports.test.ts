import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { expect, it } from "vitest";

import { projectTree, type ProjectTree } from "../discover/project-tree.ts";

// Node itself imports here: vitest would load TypeScript from node_modules, and unwrap CommonJS in its own way.
function resolveInNode(tree: ProjectTree): unknown {
  const script = join(import.meta.dirname, "fixtures/resolve-in-node.ts");
  return JSON.parse(
    execFileSync(process.execPath, [script], { cwd: tree.directory, encoding: "utf8" }),
  );
}

const project = { dependencies: { x: "1" } };
const manifest = {
  name: "x",
  version: "1.2.3",
  runnable: { executors: { good: "./good.cjs", bad: "./bad.cjs", typescript: "./x.ts" } },
};

it("imports one module alone, also CommonJS made from ESM", () => {
  using tree = projectTree({
    "package.json": project,
    "node_modules/x/package.json": manifest,
    "node_modules/x/good.cjs": `
      const { defineDirectExecutor } = require("@runnable/plugin");
      const z = require("zod/mini");
      Object.defineProperty(exports, "__esModule", { value: true });
      exports.default = defineDirectExecutor({ config: z.strictObject({}), executeJob: (ctx) => ctx.run() });`,
    "node_modules/x/bad.cjs": "throw new Error('imported');",
    "runnable-config.yaml": "job-executor: { type: good }",
  });

  expect(resolveInNode(tree)).toMatchObject({ executor: { package: "x", version: "1.2.3" } });
});

it("explains TypeScript inside node_modules", () => {
  using tree = projectTree({
    "package.json": project,
    "node_modules/x/package.json": manifest,
    "node_modules/x/x.ts": "export default 1 as number;",
    "runnable-config.yaml": "job-executor: { type: typescript }",
  });

  expect(resolveInNode(tree)).toMatchObject({
    codes: [expect.stringMatching(/^PLUGIN_IMPORT_FAILED .*TypeScript inside node_modules/)],
  });
});

it.each([
  [
    "an executor",
    { "mine.ts": "export default 1;", "runnable-config.yaml": "job-executor: { type: ./mine.ts }" },
  ],
  ["a configuration", { "runnable.config.ts": "import 'node:fs'; export default {};" }],
])("says what to do where package.json calls %s CommonJS", (_, files) => {
  using tree = projectTree({ "package.json": { type: "commonjs" }, ...files });

  expect(resolveInNode(tree)).toMatchObject({
    hints: [expect.stringMatching(/"type": "module".* \.mts\.$/)],
  });
});
