import { describe, expect, it } from "vitest";

import { head, loadInProcess } from "./load-in-process.ts";

const job = (name: string) => `defineJob({ run: () => ({ job: "${name}" }) })`;

describe("a job that is exported", () => {
  it("is found by default", async () => {
    const loaded = await loadInProcess({ "main.ts": `${head}export default ${job("a")};` });

    expect(loaded.returns).toEqual({ job: "a" });
  });

  it("is found by its name", async () => {
    const source = `${head}export const a = ${job("a")}; export const b = ${job("b")};`;

    const loaded = await loadInProcess({ "main.ts": source }, "b");

    expect(loaded.returns).toEqual({ job: "b" });
  });

  it("is found in a CommonJS module, also under a name that Node does not see", async () => {
    const source = `const { defineJob } = require("@runnable/core/job");
      module.exports[["tr", "ain"].join("")] = ${job("train")};`;
    const files = { "job.cjs": source, "main.ts": `export { default } from "./job.cjs";` };

    const loaded = await loadInProcess(files, "train");

    expect(loaded.returns).toEqual({ job: "train" });
  });

  it("wins over another whose execute() is reached without an await", async () => {
    const source = `${head}export default ${job("a")}; ${job("b")}.execute();`;

    const loaded = await loadInProcess({ "main.ts": source });

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
    const loaded = await loadInProcess({ "main.ts": head + source });

    expect(loaded.returns).toEqual({ job: "a" });
    expect(loaded.lines).toHaveLength(1);
    expect(loaded.exitCode).toBe(0);
  });

  it("is found through a helper module that defines and executes it", async () => {
    const helper = `${head}export async function go(name: string) {
      await 1; await defineJob({ run: () => ({ job: name }) }).execute(); console.log("after"); }`;

    const loaded = await loadInProcess({
      "helper.ts": helper,
      "main.ts": `import { go } from "./helper.ts"; await go("a"); console.log("after");`,
    });

    expect(loaded.returns).toEqual({ job: "a" });
    expect(loaded.lines).toHaveLength(1);
  });

  it("is found where its function uses what the module defines later", async () => {
    const source = `const a = defineJob({ run: () => ({ job: later }) }); a.execute(); const later = "b";`;

    const loaded = await loadInProcess({ "main.ts": head + source });

    expect(loaded.returns).toEqual({ job: "b" });
  });

  it("is one job however often it is executed", async () => {
    const source = `const a = ${job("a")}; await Promise.all([a.execute(), a.execute()]);`;

    const loaded = await loadInProcess({ "main.ts": head + source });

    expect(loaded.returns).toEqual({ job: "a" });
  });

  it("may itself start runs, which are ordinary ones", async () => {
    const source = `const inner = ${job("inner")};
      export default defineJob({ async run() {
        const pending = inner.execute({ configurationFile: "missing.yaml" });
        return { job: await pending.then(() => "ran", (error) => error.constructor.name) }; } });`;

    const loaded = await loadInProcess({ "main.ts": head + source });

    expect(loaded.returns?.job).toMatch(/Error$/);
  });
});

describe("a job by its order", () => {
  const two = `${head}const a = ${job("a")}; const b = ${job("b")}; await a.execute(); await b.execute();`;

  it.each([
    ["#0", "a"],
    ["#1", "b"],
  ])("is %s", async (exportName, name) => {
    const loaded = await loadInProcess({ "main.ts": two }, exportName);

    expect(loaded.returns).toEqual({ job: name });
  });

  it("is found behind `if (import.meta.main)`", async () => {
    const source = `${head}const a = ${job("a")}; if (import.meta.main) await a.execute();`;

    const loaded = await loadInProcess({ "main.ts": source }, "#0");

    expect(loaded.returns).toEqual({ job: "a" });
  });

  it("is refused where the module does not come so far", async () => {
    const source = `${head}for (const name of ["a", "b"]) await defineJob({ run: () => ({ job: name }) }).execute();`;

    const loaded = await loadInProcess({ "main.ts": source }, "#1");

    expect(loaded.code).toBe("JOB_NOT_REACHED");
    expect(loaded.hint).toContain("Export the job");
  });
});
