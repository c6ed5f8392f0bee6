import { symlink } from "node:fs/promises";
import path from "node:path";

import { expect, it } from "vitest";

import { makeProject, type JobProject } from "../support/job-project.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** A program's own plugin, and what counts the package.json files that it reads. */
const own = {
  "my-plugin.ts": `import { defineDirectExecutor, defineRunLogStore } from "@runnable/plugin";
import { z } from "zod";
export const myPlatform = defineDirectExecutor({
  config: z.strictObject({ queue_name: z.string() }),
  executeJob: async (ctx) => {
    ctx.log("queue " + ctx.config.queue_name);
    return ctx.run();
  },
});
export const myPlugin = { package: "@acme/platform", version: "1.2.3", executors: { "my-platform": myPlatform } };`,
  "reads.ts": `import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
export const reads: string[] = [];
const watch = (holder: any, name: string) => {
  const real = holder[name];
  holder[name] = (file: unknown, ...rest: unknown[]) => {
    if (String(file).endsWith("package.json")) reads.push(String(file));
    return real(file, ...rest);
  };
};
for (const name of ["readFileSync", "openSync", "readFile", "open", "createReadStream"]) watch(fs, name);
for (const name of ["readFile", "open"]) watch(fs.promises, name);
syncBuiltinESMExports();`,
};

async function project(files: { readonly [name: string]: string }): Promise<JobProject> {
  const made = await makeProject({ ...own, ...files });
  for (const [name, folder] of [
    ["plugin", "packages/plugin"],
    ["local", "plugins/local"],
  ] as const) {
    await symlink(path.join(root, folder), made.path(`node_modules/@runnable/${name}`));
  }
  return made;
}

const job = `const job = defineJob({ run: ({ parameters }) => ({ doubled: 2 * parameters.n }) });`;

it("a host runs a type of its plugins, reads no package.json, and records who ran it", async () => {
  await using p = await project({
    "main.ts": `import { reads } from "./reads.ts";
import { createHost, defineConfig, defineJob } from "@runnable/core";
import { myPlugin } from "./my-plugin.ts";
${job}
const configuration = defineConfig({ "job-executor": { type: "my-platform", config: { queue_name: "research" } } });
const host = createHost({ plugins: [myPlugin], configuration });
const { returns } = await host.executeJob(job, { parameters: { n: 21 } });
console.log(JSON.stringify({ ...returns, reads }));`,
  });

  const end = await p.node(["main.ts"]);

  expect(end.stdout, end.stderr).toBe('{"doubled":42,"reads":[]}\n');
  expect(await p.shown()).toMatchObject({
    state: "succeeded",
    run: {
      parameters: { n: 21 },
      executor: { type: "my-platform", package: "@acme/platform", version: "1.2.3" },
      config: { "job-executor": { type: "my-platform", config: { queue_name: "research" } } },
    },
  });
});

it("a host takes an executor object, without a look into any package.json", async () => {
  await using p = await project({
    "main.ts": `import { reads } from "./reads.ts";
import { createHost, defineJob } from "@runnable/core";
import { myPlatform } from "./my-plugin.ts";
${job}
const { returns } = await createHost({ plugins: [] }).executeJob(job, { parameters: { n: 2 }, executor: myPlatform({ queue_name: "q" }) });
console.log(JSON.stringify({ ...returns, reads }));`,
  });

  const end = await p.node(["main.ts"]);

  expect(end.stdout, end.stderr).toBe('{"doubled":4,"reads":[]}\n');
  expect(await p.shown()).toMatchObject({
    state: "succeeded",
    run: {
      executor: { type: "in-code", package: "main.ts", digest: expect.stringMatching(/^sha256:/) },
    },
  });
});

it("a host's types hold for a configuration file, for an executor by name and for an isolated one", async () => {
  await using p = await project({
    "runnable-config.yaml": `job-executor: { type: my-platform, config: { queue_name: file } }
job-executors: { local: { config: { isolated: true } } }\n`,
    "main.ts": `import { createHost, defineJob } from "@runnable/core";
import { localPlugin } from "@runnable/local";
import { myPlugin } from "./my-plugin.ts";
const job = defineJob({ run: () => ({ pid: process.pid }) });
const host = createHost({ plugins: [localPlugin, myPlugin] });
for (const options of [{}, { executor: "@acme/platform:my-platform" }, { executor: "local" }, { executor: "emulator" }]) {
  const { returns } = await host.executeJob(job, options);
  console.log(options.executor, returns.pid === process.pid);
}`,
  });

  const end = await p.node(["main.ts"]);

  expect(end.stdout, end.stderr).toBe(
    "undefined true\n@acme/platform:my-platform true\nlocal false\nemulator false\n",
  );
});

it("an executor object needs no host: its project is what is recorded", async () => {
  await using p = await project({
    "main.ts": `import { reads } from "./reads.ts";
import { defineJob, executeJob } from "@runnable/core";
import { myPlatform } from "./my-plugin.ts";
${job}
const { returns } = await executeJob(job, { parameters: { n: 3 }, executor: myPlatform({ queue_name: "q" }) });
console.log(returns.doubled, reads.length > 0);`,
  });

  const end = await p.node(["main.ts"]);

  expect(end.stdout, end.stderr).toBe("6 true\n");
  expect(await p.shown()).toMatchObject({
    run: { executor: { type: "in-code", package: "project" } },
  });
});

it.each(["local", "emulator"])("a host takes a store object: secrets, on %s", async (executor) => {
  await using p = await project({
    "main.ts": `import { createHost, defineJob } from "@runnable/core";
import { localPlugin } from "@runnable/local";
import { defineSecrets } from "@runnable/plugin";
import { z } from "zod";
const vault = defineSecrets({
  config: z.strictObject({ prefix: z.string() }),
  needs: () => [],
  relocate: () => ({}),
  open: ({ prefix }) => ({
    location: "the vault",
    read: async (names) => Object.fromEntries(names.map((name) => [name, prefix + name])),
  }),
});
const job = defineJob({ secrets: ["TOKEN"], run: ({ secrets }) => ({ length: secrets.TOKEN.length }) });
const host = createHost({ plugins: [localPlugin], configuration: { secrets: vault({ prefix: "s3cret-" }) } });
const { returns } = await host.executeJob(job, { executor: "${executor}" });
console.log(returns.length);`,
  });

  const end = await p.node(["main.ts"]);

  expect(end.stdout, end.stderr).toBe(`${"s3cret-TOKEN".length}\n`);
  expect(await p.filesWith("s3cret-TOKEN")).toEqual([]);
});

it("a store that has no module of its own is refused where another process would open it", async () => {
  await using p = await project({
    "main.ts": `import { createHost, defineJob } from "@runnable/core";
import { localPlugin } from "@runnable/local";
import { defineCatalog } from "@runnable/plugin";
import { z } from "zod";
const mine = defineCatalog({ config: z.strictObject({}), needs: () => [], relocate: () => ({}), open: () => { throw new Error("opened"); } });
const job = defineJob({ catalog: { put: ["*.txt"] }, run: () => ({}) });
const run = (catalog) => createHost({
  plugins: [localPlugin, { package: "acme", version: "1.0.0", catalogs: { mine } }],
  configuration: { "job-executor": { type: "emulator" }, catalog },
}).executeJob(job).catch((error) => console.log(error.code, error.exitCode));
await run({ type: "mine" });
await run(mine());`,
  });

  const end = await p.node(["main.ts"]);

  expect(end.stdout, end.stderr).toBe("STORE_WITHOUT_MODULE 78\nSTORE_WITHOUT_MODULE 78\n");
});
