import { cp, readFile } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { bundlers } from "../support/bundlers.ts";
import { directoryWith } from "../support/lone-file.ts";
import { installProject, type PackedProject } from "./packed.ts";

const fixture = path.resolve(import.meta.dirname, "../fixtures/my-platform");

const main = `import { createHost, defineJob } from "@runnable/core";

import { plugins } from "./runnable-plugins.ts";

const job = defineJob({ run: ({ parameters }) => ({ square: parameters.n ** 2 }) });
const config = { api_endpoint: process.cwd() + "/platform", queue_name: "research" };
const host = createHost({ plugins, configuration: { "job-executor": { type: "acme-platform", config } } });
for (const options of [{}, { executor: "local" }]) {
  const { status, returns } = await host.executeJob(job, { parameters: { n: 7 }, ...options });
  console.log(status, returns.square);
}
`;

const manifest = {
  name: "project",
  private: true,
  type: "module",
  dependencies: { "@acme/my-platform": "*", "@runnable/cli": "*", "@runnable/core": "*" },
};

let project: PackedProject;
beforeAll(async () => {
  project = await installProject({ "main.ts": main, "package.json": JSON.stringify(manifest) });
  await cp(fixture, project.path("node_modules/@acme/my-platform"), { recursive: true });
});
afterAll(() => project[Symbol.asyncDispose]());

it("plugins freeze writes the plugins that the project finds, and says how they are used", async () => {
  const end = await project.run(["plugins", "freeze"]);

  expect(end.code, end.stderr).toBe(0);
  expect(end.stdout).toContain("@acme/my-platform 4.5.6");
  expect(end.stdout).toContain('import { plugins } from "./runnable-plugins.ts";');
  const text = await readFile(project.path("runnable-plugins.ts"), "utf8");
  expect(text).toContain('from "./node_modules/@acme/my-platform/my-platform.js"');
});

it("plugins freeze tells programs what it wrote", async () => {
  const end = await project.run(["plugins", "freeze", "-o", "frozen.mjs", "--json"]);

  expect(JSON.parse(end.stdout)).toEqual({
    file: project.path("frozen.mjs"),
    packages: [
      { package: "@acme/my-platform", version: "4.5.6" },
      { package: "@runnable/local", version: expect.any(String) },
    ],
    leftOut: [],
  });
});

it.each(Object.keys(bundlers))(
  "a program with frozen plugins, made one file by %s, submits itself to a package's platform",
  async (name) => {
    const bundled = project.path(`dist-${name.replaceAll(/\W/gu, "-")}/main.mjs`);
    await project.run(["plugins", "freeze"]);
    await bundlers[name]?.(project.path("main.ts"), bundled);
    await using alone = await directoryWith(bundled);

    const end = await alone.node(["main.mjs"]);

    expect(end.stdout, end.stderr).toBe("succeeded 49\nsucceeded 49\n");
  },
);
