import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { runNode, temporaryProject } from "./temporary-project.ts";

const driver = join(import.meta.dirname, "fixtures/load-job-file.ts");
const head = `import { defineJob } from "@runnable/core/job";\n`;
const job = (name: string) => `defineJob({ run: () => ({ job: "${name}" }) })`;

/** Loads `main.ts` of a project in a new process. */
async function load(files: { readonly [path: string]: string }, exportName = "default") {
  await using project = await temporaryProject(files);
  const end = await runNode([driver, project.path("main.ts"), exportName], {
    cwd: project.directory,
  });
  const lines = end.stdout.trim().split("\n");
  const printed = JSON.parse(lines.at(-1) ?? "null") as {
    readonly code?: string;
    readonly message?: string;
    readonly hint?: string;
    readonly returns?: { readonly job?: string };
    readonly modules?: readonly string[];
  };
  return { ...end, lines, ...printed, exitCode: end.code, directory: project.directory };
}

describe("a job that is exported", () => {
  it("is found by default", async () => {
    const loaded = await load({ "main.ts": `${head}export default ${job("a")};` });

    expect(loaded.returns).toEqual({ job: "a" });
  });

  it("is found by its name", async () => {
    const source = `${head}export const a = ${job("a")}; export const b = ${job("b")};`;

    const loaded = await load({ "main.ts": source }, "b");

    expect(loaded.returns).toEqual({ job: "b" });
  });

  it("is found in a CommonJS module, also under a name that Node does not see", async () => {
    const source = `const { defineJob } = require("@runnable/core/job");
      module.exports[["tr", "ain"].join("")] = ${job("train")};`;
    const files = { "job.cjs": source, "main.ts": `export { default } from "./job.cjs";` };

    const loaded = await load(files, "train");

    expect(loaded.returns).toEqual({ job: "train" });
  });

  it("wins over another whose execute() is reached without an await", async () => {
    const source = `${head}export default ${job("a")}; ${job("b")}.execute();`;

    const loaded = await load({ "main.ts": source });

    expect(loaded.returns).toEqual({ job: "a" });
  });
});

describe("a job that its module executes", () => {
  it.each([
    ["awaited", `const a = ${job("a")}; await a.execute(); console.log("after");`],
    ["not awaited", `const a = ${job("a")}; a.execute().then(() => console.log("after"));`],
    [
      "in try and catch",
      `try { await ${job("a")}.execute(); } catch { console.log("caught"); } finally { console.log("after"); }`,
    ],
    [
      "after another await",
      `await 1; await new Promise((done) => setTimeout(done, 5)); await ${job("a")}.execute(); console.log("after");`,
    ],
    [
      "in a function",
      `async function main() { await ${job("a")}.execute(); console.log("after"); } await main();`,
    ],
  ])("is found when it is %s, and nothing after it runs", async (_, source) => {
    const loaded = await load({ "main.ts": head + source });

    expect(loaded.returns).toEqual({ job: "a" });
    expect(loaded.lines).toHaveLength(1);
    expect(loaded.exitCode).toBe(0);
  });

  it("is found through a helper module that defines and executes it", async () => {
    const helper = `${head}export async function go(name: string) {
      await 1; await defineJob({ run: () => ({ job: name }) }).execute(); console.log("after"); }`;

    const loaded = await load({
      "helper.ts": helper,
      "main.ts": `import { go } from "./helper.ts"; await go("a"); console.log("after");`,
    });

    expect(loaded.returns).toEqual({ job: "a" });
    expect(loaded.lines).toHaveLength(1);
  });

  it("is found where its function uses what the module defines later", async () => {
    const source = `const a = defineJob({ run: () => ({ job: later }) }); a.execute(); const later = "b";`;

    const loaded = await load({ "main.ts": head + source });

    expect(loaded.returns).toEqual({ job: "b" });
  });

  it("is one job however often it is executed", async () => {
    const source = `const a = ${job("a")}; await Promise.all([a.execute(), a.execute()]);`;

    const loaded = await load({ "main.ts": head + source });

    expect(loaded.returns).toEqual({ job: "a" });
  });

  it("may itself start runs, which are ordinary ones", async () => {
    const source = `const inner = ${job("inner")};
      export default defineJob({ async run() {
        const pending = inner.execute({ configurationFile: "missing.yaml" });
        return { job: await pending.then(() => "ran", (error) => error.constructor.name) }; } });`;

    const loaded = await load({ "main.ts": head + source });

    expect(loaded.returns?.job).toMatch(/Error$/);
  });
});

describe("a job file that is refused", () => {
  it("exports jobs under names only: they are listed", async () => {
    const source = `${head}export const train = ${job("a")}; export const test = ${job("b")};`;

    const loaded = await load({ "main.ts": source });

    expect(loaded.code).toBe("JOB_NOT_FOUND");
    expect(loaded.message).toContain("test, train");
    expect(loaded.hint).toContain("main.ts#test");
  });

  it("has no export of a name that is nearly there: it is suggested", async () => {
    const loaded = await load({ "main.ts": `${head}export const train = ${job("a")};` }, "tarin");

    expect(loaded.code).toBe("JOB_NOT_FOUND");
    expect(loaded.hint).toContain("main.ts#train");
  });

  it.each([
    ["nothing", "export {};"],
    ["something else by default", "export default function run() {}"],
  ])("exports %s", async (_, source) => {
    const loaded = await load({ "main.ts": source });

    expect(loaded.code).toBe("JOB_NOT_FOUND");
    expect(loaded.hint).toContain("export default defineJob");
  });

  it("executes two jobs and exports none", async () => {
    const source = `${head}await Promise.all([${job("a")}.execute(), ${job("b")}.execute()]);`;

    const loaded = await load({ "main.ts": source });

    expect(loaded.code).toBe("JOB_AMBIGUOUS");
  });

  it("awaits execute() before a named export can be read", async () => {
    const source = `${head}export const train = ${job("a")}; await train.execute();`;

    const loaded = await load({ "main.ts": source }, "train");

    expect(loaded.code).toBe("JOB_NOT_REACHED");
  });

  it("imports a module whose own top level executes a job", async () => {
    const other = `${head}export const b = ${job("b")}; await b.execute();`;
    const source = `${head}import { b } from "./other.ts"; void b; export default ${job("a")};`;

    const loaded = await load({ "other.ts": other, "main.ts": source });

    expect(loaded.code).toBe("JOB_NOT_REACHED");
    expect(loaded.message).toContain("other.ts");
    expect(loaded.hint).toContain("import.meta.main");
  });

  it("throws when it is imported: the message and its place are told, and no frames of ours", async () => {
    const source = `const later: number = 1;\nthrow new TypeError("no " + "model");`;

    const loaded = await load({ "main.ts": source });

    expect(loaded.code).toBe("JOB_IMPORT_FAILED");
    expect(loaded.message).toContain("TypeError: no model");
    expect(loaded.message).toContain(`${loaded.directory}/main.ts:2:7`);
    expect(loaded.message).not.toContain("node:internal");
  });

  it("throws in a module that it imports: that module's line is told", async () => {
    const files = {
      "main.ts": `import "./lib.ts"; export {};`,
      "lib.ts": "\n\nthrow new Error('broken');",
    };

    const loaded = await load(files);

    expect(loaded.message).toContain("lib.ts:3");
  });

  it("does not parse: the line is told", async () => {
    const loaded = await load({ "main.ts": "const a = 1;\nconst = 2;\n" });

    expect(loaded.code).toBe("JOB_IMPORT_FAILED");
    expect(loaded.message).toContain("main.ts:2");
  });

  it("imports a package that is not installed", async () => {
    const loaded = await load({ "main.ts": `import "left-pad"; export {};` });

    expect(loaded.code).toBe("JOB_IMPORT_FAILED");
    expect(loaded.message).toContain("left-pad");
  });

  it("waits for something that never comes: the process does not end without a word", async () => {
    const loaded = await load({ "main.ts": `await new Promise(() => {}); export {};` });

    expect(loaded.code).toBe("JOB_IMPORT_FAILED");
    expect(loaded.exitCode).toBe(0);
  });

  it("gives defineJob() a wrong definition: that error passes, with its place", async () => {
    const source = `${head}export default defineJob({ tiemout: 3, run() {} } as never);`;

    const loaded = await load({ "main.ts": source });

    expect(loaded.code).toBe("JOB_INVALID");
    expect(loaded.message).toContain("main.ts:2");
  });
});

describe("a job by its order", () => {
  const two = `${head}const a = ${job("a")}; const b = ${job("b")}; await a.execute(); await b.execute();`;

  it.each([
    ["#0", "a"],
    ["#1", "b"],
  ])("is %s", async (exportName, name) => {
    const loaded = await load({ "main.ts": two }, exportName);

    expect(loaded.returns).toEqual({ job: name });
  });

  it("is found behind `if (import.meta.main)`", async () => {
    const source = `${head}const a = ${job("a")}; if (import.meta.main) await a.execute();`;

    const loaded = await load({ "main.ts": source }, "#0");

    expect(loaded.returns).toEqual({ job: "a" });
  });

  it("is refused where the module does not come so far", async () => {
    const source = `${head}for (const name of ["a", "b"]) await defineJob({ run: () => ({ job: name }) }).execute();`;

    const loaded = await load({ "main.ts": source }, "#1");

    expect(loaded.code).toBe("JOB_NOT_REACHED");
    expect(loaded.hint).toContain("Export the job");
  });
});
