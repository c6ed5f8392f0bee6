import { symlink } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { makeProject, type JobProject } from "../support/job-project.ts";

const contract = path.resolve(import.meta.dirname, "../../packages/plugin");

/** A module that leaves a mark when it is imported. */
const marking = `import { writeFileSync } from "node:fs";
writeFileSync(new URL("../../../mark.txt", import.meta.url), import.meta.url);\n`;

const direct = `import { defineDirectExecutor } from "@runnable/plugin";
export default defineDirectExecutor({
  config: { "~standard": { version: 1, vendor: "x", validate: (value) => ({ value }) } },
  executeJob: async (ctx) => {
    ctx.log("by " + import.meta.url.split("/").at(-1));
    return ctx.run();
  },
});\n`;

const packages = {
  a: { executors: { gpu: "./index.js" } },
  b: { executors: { gpu: "./index.js" }, catalogs: { shelf: "./index.js" } },
  later: { api: 9, executors: { later: "./index.js" } },
  absent: { executors: { absent: "./gone.js" } },
  loop: { executors: { loop: { from: "@acme/loop:loop" } } },
  list: { executors: ["./index.js"] },
  thrower: { executors: { thrower: "./index.js" } },
  taker: { executors: { local: "./index.js" } },
};

const files = {
  "hello.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({ run: () => ({ said: "hello" }) });\n`,
  "mine.ts": direct,
  "package.json": JSON.stringify({
    name: "project",
    type: "module",
    dependencies: Object.fromEntries(Object.keys(packages).map((name) => [`@acme/${name}`, "1"])),
    runnable: { executors: { mine: "./mine.ts" } },
  }),
  ...Object.fromEntries(
    Object.entries(packages).flatMap(([name, runnable]) => [
      [
        `node_modules/@acme/${name}/package.json`,
        JSON.stringify({ name: `@acme/${name}`, version: "1.0.0", type: "module", runnable }),
      ],
      [`node_modules/@acme/${name}/index.js`, marking],
    ]),
  ),
  "node_modules/@acme/thrower/index.js": `${marking}throw new Error("out of order");\n`,
  "node_modules/@acme/taker/index.js": direct,
};

let project: JobProject;

beforeAll(async () => {
  project = await makeProject(files);
  await symlink(contract, project.path("node_modules/@runnable/plugin"));
});

afterAll(() => project[Symbol.asyncDispose]());

describe("nothing is imported", () => {
  it.each([
    ["plugins list", ["plugins", "list"], 0],
    ["a type's way", ["plugins", "why", "thrower"], 0],
    ["the way of a name that several have", ["plugins", "why", "gpu"], 78],
    ["the way of a type for another api", ["plugins", "why", "later"], 78],
    ["the inspection of another type", ["plugins", "inspect", "mine"], 0],
    ["a run with another type", ["run", "hello.job.ts", "-e", "mine"], 0],
    ["a run with no such type", ["run", "hello.job.ts", "-e", "nothing"], 78],
    ["a run with a name that several have", ["run", "hello.job.ts", "-e", "gpu"], 78],
    ["a run with a module that is not there", ["run", "hello.job.ts", "-e", "absent"], 78],
    ["a run with a re-export of itself", ["run", "hello.job.ts", "-e", "@acme/loop:loop"], 78],
  ])("for %s", async (_, args, code) => {
    const end = await project.runnable(args);

    expect({ code: end.code, marked: project.has("mark.txt") }, end.stderr).toEqual({
      code,
      marked: false,
    });
  });
});

it("lists every type with its state, and as one array for programs", async () => {
  const page = await project.runnable(["plugins"]);
  const list = (await project.json(["plugins", "list"])) as readonly {
    readonly name: string;
    readonly state: string;
  }[];

  const states = list.map(({ name, state }) => `${name} ${state}`);
  expect(states.filter((line) => /acme|project/u.test(line))).toEqual([
    "project:mine ready",
    "@acme/a:gpu ambiguous",
    "@acme/absent:absent missing-file",
    "@acme/b:gpu ambiguous",
    "@acme/b:shelf ready",
    "@acme/later:later unsupported",
    "@acme/taker:local reserved",
    "@acme/thrower:thrower ready",
    "@acme/list broken",
    "@acme/loop:loop broken",
  ]);
  expect(page.stdout).toMatch(/^mine +executor +project 0\.0\.0 +ready$/mu);
  expect(Math.max(...page.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

it("gives a built-in name to the built-in, and the package's type by its full name", async () => {
  const builtIn = await project.runnable(["run", "hello.job.ts", "-e", "local"]);
  const other = await project.runnable(["run", "hello.job.ts", "-e", "@acme/taker:local"]);

  expect(builtIn.stderr).not.toContain("by index.js");
  expect(other.stderr).toContain("by index.js");
  expect([builtIn.code, other.code]).toEqual([0, 0]);
});

it("uses what plugins.resolve says of a name that several have", async () => {
  await project.write("resolve.yaml", 'plugins: {resolve: {gpu: "@acme/a:gpu"}}\n');

  const end = await project.runnable(["plugins", "why", "gpu", "-c", "resolve.yaml"]);

  expect(end.stdout).toContain("→ @acme/a:gpu 1.0.0");
  expect(end.code).toBe(0);
});

it("shows the way of a type that can't be used, then what is wrong", async () => {
  const end = await project.runnable(["plugins", "why", "later"]);

  expect(end.stdout).toContain("decided by the rule api");
  expect(end.stderr).toContain("error[PLUGIN_API_UNSUPPORTED]");
});

it("says to quote a full name in YAML", async () => {
  await project.write("quotes.yaml", "job-executor:\n  type: @acme/taker:local\n");

  const end = await project.runnable(["run", "hello.job.ts", "-c", "quotes.yaml"]);

  expect(end.code).toBe(78);
  expect(end.stderr).toContain('put the value in quotes, for example type: "@acme/executors:hpc"');
});

it("refuses a kind that there is not", async () => {
  expect((await project.runnable(["plugins", "why", "gpu", "--kind", "gpu"])).code).toBe(2);
});

it("imports each type in a process of its own with --check, and tells which fails", async () => {
  const list = (await project.json(["plugins", "list", "--check"])) as readonly {
    readonly name: string;
    readonly state: string;
    readonly reason?: string;
  }[];

  const stateOf = (name: string) => list.find((item) => item.name === name);
  expect(stateOf("@acme/thrower:thrower")).toMatchObject({
    state: "fails",
    reason: expect.stringContaining("out of order"),
  });
  expect(stateOf("@acme/b:shelf")).toMatchObject({ state: "fails" });
  expect(stateOf("project:mine")).toMatchObject({ state: "ready" });
  expect(stateOf("@runnable/local:local")).toMatchObject({ state: "ready" });
  expect(project.has("mark.txt")).toBe(true);
});
