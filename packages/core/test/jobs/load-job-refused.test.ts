import { describe, expect, it } from "vitest";

import { head, loadInProcess } from "./load-in-process.ts";

const job = (name: string) => `defineJob({ run: () => ({ job: "${name}" }) })`;

describe("a job file that is refused", () => {
  it("exports jobs under names only: they are listed", async () => {
    const source = `${head}export const train = ${job("a")}; export const test = ${job("b")};`;

    const loaded = await loadInProcess({ "main.ts": source });

    expect(loaded.code).toBe("JOB_NOT_FOUND");
    expect(loaded.message).toContain("test, train");
    expect(loaded.hint).toContain("main.ts#test");
  });

  it("has no export of a name that is nearly there: it is suggested", async () => {
    const loaded = await loadInProcess(
      { "main.ts": `${head}export const train = ${job("a")};` },
      "tarin",
    );

    expect(loaded.code).toBe("JOB_NOT_FOUND");
    expect(loaded.hint).toContain("main.ts#train");
  });

  it.each([
    ["nothing", "export {};"],
    ["something else by default", "export default function run() {}"],
  ])("exports %s", async (_, source) => {
    const loaded = await loadInProcess({ "main.ts": source });

    expect(loaded.code).toBe("JOB_NOT_FOUND");
    expect(loaded.hint).toContain("export default defineJob");
  });

  it("executes two jobs and exports none", async () => {
    const source = `${head}await Promise.all([${job("a")}.execute(), ${job("b")}.execute()]);`;

    const loaded = await loadInProcess({ "main.ts": source });

    expect(loaded.code).toBe("JOB_AMBIGUOUS");
  });

  it("awaits execute() before a named export can be read", async () => {
    const source = `${head}export const train = ${job("a")}; await train.execute();`;

    const loaded = await loadInProcess({ "main.ts": source }, "train");

    expect(loaded.code).toBe("JOB_NOT_REACHED");
  });

  it("imports a module whose own top level executes a job", async () => {
    const other = `${head}export const b = ${job("b")}; await b.execute();`;
    const source = `${head}import { b } from "./other.ts"; void b; export default ${job("a")};`;

    const loaded = await loadInProcess({ "other.ts": other, "main.ts": source });

    expect(loaded.code).toBe("JOB_NOT_REACHED");
    expect(loaded.message).toContain("other.ts");
    expect(loaded.hint).toContain("import.meta.main");
  });

  it("throws when it is imported: the message and its place are told, and no frames of ours", async () => {
    const source = `const later: number = 1;\nthrow new TypeError("no " + "model");`;

    const loaded = await loadInProcess({ "main.ts": source });

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

    const loaded = await loadInProcess(files);

    expect(loaded.message).toContain("lib.ts:3");
  });

  it("does not parse: the line is told", async () => {
    const loaded = await loadInProcess({ "main.ts": "const a = 1;\nconst = 2;\n" });

    expect(loaded.code).toBe("JOB_IMPORT_FAILED");
    expect(loaded.message).toContain("main.ts:2");
  });

  it("imports a package that is not installed", async () => {
    const loaded = await loadInProcess({ "main.ts": `import "left-pad"; export {};` });

    expect(loaded.code).toBe("JOB_IMPORT_FAILED");
    expect(loaded.message).toContain("left-pad");
  });

  it("waits for something that never comes: the process does not end without a word", async () => {
    const loaded = await loadInProcess({ "main.ts": `await new Promise(() => {}); export {};` });

    expect(loaded.code).toBe("JOB_IMPORT_FAILED");
    expect(loaded.exitCode).toBe(0);
  });

  it("gives defineJob() a wrong definition: that error passes, with its place", async () => {
    const source = `${head}export default defineJob({ tiemout: 3, run() {} } as never);`;

    const loaded = await loadInProcess({ "main.ts": source });

    expect(loaded.code).toBe("JOB_INVALID");
    expect(loaded.message).toContain("main.ts:2");
  });
});

it("is told that its file is missing", async () => {
  const loaded = await loadInProcess({ "other.ts": "" });

  expect(loaded.code).toBe("JOB_IMPORT_FAILED");
  expect(loaded.message).toContain("main.ts");
});
