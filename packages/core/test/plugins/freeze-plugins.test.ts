import type { StaticPlugin } from "@runnable/plugin";
import { expect, it } from "vitest";

import { readConfig } from "../../src/configure/read-config.ts";
import { createHost } from "../../src/index.ts";
import { freezePlugins } from "../../src/plugins/freeze-plugins.ts";
import { resolveServices } from "../../src/resolve/resolve-services.ts";
import { projectTree, type ProjectTree } from "../discover/project-tree.ts";

const factory = `import { defineDirectExecutor } from "@runnable/plugin";
import * as z from "zod/mini";
export default defineDirectExecutor({ config: z.strictObject({}), executeJob: (ctx) => ctx.run() });`;

/** Three plugins and what a static one has no place for. */
function project(): ProjectTree {
  const tree = projectTree({
    "package.json": {
      name: "app",
      version: "3.0.0",
      type: "module",
      dependencies: { "@acme/platform": "1", linked: "1", broken: "1" },
      runnable: { executors: { mine: "./executors/mine.ts" } },
    },
    "executors/mine.ts": factory,
    "node_modules/@acme/platform/package.json": {
      name: "@acme/platform",
      version: "1.2.3",
      type: "module",
      runnable: {
        executors: {
          "my-platform": { entry: "./dist/x.js", aliases: ["mp"] },
          preset: { from: "@acme/platform:my-platform", defaults: { queue: "a" } },
          watched: { entry: "./dist/x.js", jobSide: "./dist/around.js" },
        },
      },
    },
    "node_modules/@acme/platform/dist/x.js": factory,
    "node_modules/@acme/platform/dist/around.js": "",
    "node_modules/.pnpm/linked@2.0.0/node_modules/linked/package.json": {
      name: "linked",
      version: "2.0.0",
      runnable: { executors: { cjs: "./cjs.js" } },
    },
    "node_modules/.pnpm/linked@2.0.0/node_modules/linked/cjs.js": `
      const { defineDirectExecutor } = require("@runnable/plugin");
      const config = require("zod/mini").strictObject({});
      exports.__esModule = true;
      exports.default = defineDirectExecutor({ config, executeJob: (ctx) => ctx.run() });`,
    "node_modules/broken/package.json": {
      name: "broken",
      version: "1.0.0",
      runnable: { executors: { gone: "./gone.js" } },
    },
  });
  tree.link(
    "node_modules/linked",
    tree.path("node_modules/.pnpm/linked@2.0.0/node_modules/linked"),
  );
  return tree;
}

async function freeze(tree: ProjectTree, name: string) {
  const options = { cwd: tree.directory, env: {}, output: tree.path(name) };
  const frozen = await freezePlugins(options);
  tree.write(name, frozen.text);
  return { ...frozen, again: (await freezePlugins(options)).text };
}

it("frozen plugins are imports of the project's own, built-in executors too, the same each time", async () => {
  using tree = project();

  const { text, packages, again } = await freeze(tree, "src/plugins.mjs");

  expect(packages.map((item) => item.package)).toEqual([
    "app",
    "@acme/platform",
    "linked",
    "@runnable/local",
  ]);
  expect(text).toContain('from "../executors/mine.ts"');
  expect(text).toContain('from "../node_modules/@acme/platform/dist/x.js"');
  expect(text).toContain('from "../node_modules/linked/cjs.js"');
  expect(again).toBe(text);
});

it.each(["mine", "my-platform", "mp", "cjs", "linked:cjs", "local", "@runnable/local:emulator"])(
  "frozen plugins serve a host, aliases, CommonJS and full names included: %s",
  async (type) => {
    using tree = project();
    await freeze(tree, "plugins.mjs");
    const { plugins } = (await import(tree.path("plugins.mjs"))) as {
      plugins: readonly StaticPlugin[];
    };
    const inCode = { "job-executor": { type } };
    const config = await readConfig({ cwd: tree.directory, env: {}, inCode });

    createHost({ plugins });
    const { services } = await resolveServices(config, { plugins });

    expect(services?.executor.section.type).toBe(type);
  },
);

it("what a static plugin has no place for is left out, with the reason", async () => {
  using tree = project();

  const { leftOut } = await freeze(tree, "plugins.ts");

  expect(leftOut).toEqual([
    { name: "@acme/platform:preset", reason: "a re-export with settings" },
    { name: "@acme/platform:watched", reason: "it has a module that runs around the job" },
    { name: "broken:gone", reason: expect.stringContaining("gone.js") },
  ]);
});

it("a frozen module of TypeScript is typed, whatever its plugins declare", async () => {
  using tree = project();

  const { text } = await freeze(tree, "plugins.ts");

  expect(text).toContain("// @ts-nocheck\n");
  expect(text).toContain("export const plugins: readonly StaticPlugin[] = [");
});
