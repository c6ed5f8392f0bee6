import { symlink } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { head, loadInProcess } from "./load-in-process.ts";
import { runNode, temporaryProject } from "./temporary-project.ts";

const lib = `export type Count = number;\nexport const one: Count = 1;`;

describe("a job file that Node understands", () => {
  it("is loaded by Node, and its own modules are told", async () => {
    const loaded = await loadInProcess({
      "main.ts": `${head}import { one } from "./lib.ts"; import data from "./data.json" with { type: "json" };
        import * as z from "zod/mini"; void z;
        export default defineJob({ run: () => ({ one, two: data.two }) });`,
      "lib.ts": lib,
      "data.json": `{ "two": 2 }`,
    });

    expect(loaded.loader).toBe("node");
    expect(loaded.returns).toEqual({ one: 1, two: 2 });
    expect(loaded.modules.toSorted()).toEqual(["data.json", "lib.ts", "main.ts"]);
    expect(loaded.stderr).toBe("");
  });

  it("has its modules told although its top level never ends", async () => {
    const loaded = await loadInProcess({
      "main.ts": `${head}import { one } from "./lib.ts"; await defineJob({ run: () => ({ one }) }).execute();`,
      "lib.ts": lib,
    });

    expect(loaded.modules).toEqual(["main.ts", "lib.ts"]);
  });
});

it("loads a job that its module executes by way of a linked directory", async () => {
  const source = `${head}import { one } from "./lib.ts"; await defineJob({ run: () => ({ one }) }).execute();`;
  await using project = await temporaryProject({ "real/main.ts": source, "real/lib.ts": lib });
  await symlink(project.path("real"), project.path("link"));
  const driver = join(import.meta.dirname, "fixtures/load-job-file.ts");

  const end = await runNode([driver, project.path("link/main.ts")], { cwd: project.directory });

  expect(JSON.parse(end.stdout)).toMatchObject({ returns: { one: 1 } });
  expect(end.stdout).not.toContain("link/main.ts");
});

describe("a job file that needs a bundler", () => {
  it("is loaded without a word where package.json calls it CommonJS, and other warnings pass", async () => {
    const loaded = await loadInProcess({
      "package.json": `{ "type": "commonjs" }`,
      "main.ts": `${head}process.emitWarning("of its own"); export default defineJob({ run: () => ({ one: 1 }) });`,
    });

    expect(loaded).toMatchObject({ loader: "bundler", returns: { one: 1 } });
    expect(loaded.stderr).toContain("of its own");
    expect(loaded.stderr).not.toContain("ES module");
  });

  it("has its missing import told where package.json calls it CommonJS", async () => {
    const loaded = await loadInProcess({
      "package.json": `{ "type": "commonjs" }`,
      "main.ts": `${head}import "absent"; export default defineJob({ run: () => ({}) });`,
    });

    expect(loaded).toMatchObject({ code: "BUNDLE_FAILED" });
    expect(loaded.message).toContain("absent");
  });

  it.each([
    [
      "an enum",
      `enum Size { One = 1 } export default defineJob({ run: () => ({ one: Size.One }) });`,
    ],
    [
      "an import without an extension",
      `import { one } from "./lib"; export default defineJob({ run: () => ({ one }) });`,
    ],
    [
      "the import of a directory",
      `import { one } from "./folder"; export default defineJob({ run: () => ({ one }) });`,
    ],
    [
      "JSON without an attribute",
      `import { one } from "./data.json"; export default defineJob({ run: () => ({ one }) });`,
    ],
    [
      "a type that is imported as a value",
      `import { Count, one } from "./lib.ts"; const two: Count = one; export default defineJob({ run: () => ({ one: two }) });`,
    ],
    [
      "an enum, and executes the job itself",
      `enum Size { One = 1 } await defineJob({ run: () => ({ one: Size.One }) }).execute(); console.log("after");`,
    ],
    [
      "an import without an extension after the job",
      `const job = defineJob({ run: () => ({ one }) }); const { one } = await import("./lib"); await job.execute();`,
    ],
  ])("because of %s gives the same job", async (_, source) => {
    const loaded = await loadInProcess({
      "main.ts": head + source,
      "lib.ts": lib,
      "folder/index.ts": lib,
      "data.json": `{ "one": 1 }`,
    });

    expect(loaded).toMatchObject({ loader: "bundler", returns: { one: 1 } });
    expect(loaded.modules).toContain("main.ts");
  });

  it("because of paths in tsconfig.json gives the same job", async () => {
    const loaded = await loadInProcess({
      "tsconfig.json": `{ "compilerOptions": { "paths": { "@lib/*": ["./folder/*"] } } }`,
      "main.ts": `${head}import { one } from "@lib/index"; export default defineJob({ run: () => ({ one }) });`,
      "folder/index.ts": lib,
    });

    expect(loaded).toMatchObject({ loader: "bundler", returns: { one: 1 } });
  });

  it("finds a file beside itself", async () => {
    const loaded = await loadInProcess({
      "main.ts": `${head}import { readFileSync } from "node:fs"; enum Size { One = 1 }
        const text = readFileSync(new URL("./one.txt", import.meta.url), "utf8");
        export default defineJob({ run: () => ({ one: text, size: Size.One }) });`,
      "one.txt": "1",
    });

    expect(loaded).toMatchObject({ loader: "bundler", returns: { one: "1" } });
  });

  it("is refused in Node's words when a file is missing", async () => {
    const loaded = await loadInProcess({ "main.ts": `import "./missing.ts"; export {};` });

    expect(loaded.code).toBe("JOB_IMPORT_FAILED");
    expect(loaded.message).toContain("missing.ts");
  });
});
