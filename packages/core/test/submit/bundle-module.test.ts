import { readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { describe, expect, it } from "vitest";

import { bundleJob, openProject } from "./open-project.ts";

describe("a bundle", () => {
  it("warns of files beside the job that are named by a variable", async () => {
    await using project = openProject({
      "main.job.ts": `import { readFileSync, symlinkSync } from "node:fs";
export default (name) => readFileSync(new URL(name, import.meta.url));`,
    });

    const { warnings } = await bundleJob(project.directory);

    expect(warnings).toEqual([expect.stringMatching(/^main\.job\.ts:2:39 .*new URL\(name, /u)]);
  });

  it("is the same for the same project in another directory", async () => {
    const files = {
      "main.job.ts": 'export * from "./source/words.ts";',
      "source/words.ts":
        'export const words = new URL("../words.txt", import.meta.url);\nexport const here = import.meta.dirname;',
      "words.txt": "one",
    };
    await using one = openProject(files);
    await using other = openProject(files);

    const bundles = await Promise.all([bundleJob(one.directory), bundleJob(other.directory)]);

    expect(bundles[1].digest).toBe(bundles[0].digest);
  });

  it("is the same for a project that a link leads to", async () => {
    await using project = openProject({
      "main.job.ts": 'import "./a.ts"; export default import.meta.filename;',
      "a.ts": "globalThis.a = 1;",
    });
    await using elsewhere = openProject({});
    const link = path.join(elsewhere.directory, "link");
    symlinkSync(project.directory, link);

    const [direct, linked] = [await bundleJob(project.directory), await bundleJob(link)];

    expect(linked.digest).toBe(direct.digest);
    expect(linked.modules).toEqual(direct.modules);
  });

  it("names its modules, those of the project first", async () => {
    await using project = openProject({
      "main.job.ts": 'import "a-package";\nimport "./zoo.ts";',
      "zoo.ts": "globalThis.zoo = 1;",
      "node_modules/a-package/index.js": "globalThis.a = 1;",
    });

    const { modules } = await bundleJob(project.directory);

    const names = modules.map((file) => path.relative(project.directory, file));
    expect(names).toEqual(["main.job.ts", "zoo.ts", "node_modules/a-package/index.js"]);
  });

  it("holds nothing of the submitter, so that a job can't start a run in it", async () => {
    await using project = openProject({
      "main.job.ts": `import { defineJob } from "${coreOfWorkspace}";
        export default defineJob({ run: () => ({}) });`,
    });

    const { file, bytes } = await bundleJob(project.directory);

    expect(bytes).toBeLessThan(40_000);
    const { default: job } = await import(pathToFileURL(file).href);
    await expect(job.execute()).rejects.toMatchObject({ code: "RUN_WITHIN_BUNDLE" });
  });

  it("names the place of every import that is not there", async () => {
    await using project = openProject({
      "main.job.ts": 'import "./missing.ts";\nimport "./gone.ts";',
    });

    const made = bundleJob(project.directory);

    await expect(made).rejects.toMatchObject({ code: "BUNDLE_FAILED" });
    await expect(made).rejects.toThrow(
      /main\.job\.ts:1:8: .*missing\.ts[^]*main\.job\.ts:2:8: .*gone\.ts/u,
    );
  });

  it("is refused for a package that is not there", async () => {
    await using project = openProject({ "main.job.ts": 'import "not-installed";' });

    const made = bundleJob(project.directory);

    await expect(made).rejects.toMatchObject({
      code: "BUNDLE_FAILED",
      message: expect.stringContaining("not-installed"),
    });
  });

  it("keeps the lines of its modules' CommonJS", async () => {
    await using project = openProject({
      "main.job.cjs":
        "#!/usr/bin/env node\nexports.where = __filename;\nexports.directory = __dirname;",
    });

    const { file } = await bundleJob(project.directory, "main.job.cjs");

    const { default: exported } = await import(pathToFileURL(file).href);
    expect(exported.where).toBe(path.join(path.dirname(file), "job.assets/main.job.cjs"));
    expect(readFileSync(file, "utf8")).not.toContain(project.directory);
  });
});

const coreOfWorkspace = "@runnable/core";
