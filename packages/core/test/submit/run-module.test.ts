import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { runModuleFromSources } from "../../src/submit/run-module-from-sources.ts";
import { runModule } from "../../src/submit/run-module.ts";
import { openProject } from "./open-project.ts";

describe("the job side", () => {
  it("is one file that runs where nothing is installed", async () => {
    const file = await runModule();
    await using elsewhere = openProject({ "run.mjs": readFileSync(file, "utf8") });
    const copy = path.join(elsewhere.directory, "run.mjs");

    const { status, stderr } = spawnSync(process.execPath, [copy], { encoding: "utf8" });

    expect(stderr).toContain("execute-job JOB RUN_ID");
    expect(status).toBe(78);
  });
});

describe("the job side from sources", () => {
  it("is made once", async () => {
    await using project = openProject({
      "side.ts": 'import "./part.ts";',
      "part.ts": "console.log(1);",
    });
    const first = await make(project.directory);
    const { mtimeMs } = statSync(first);

    const second = await make(project.directory);

    expect(second).toBe(first);
    expect(statSync(second).mtimeMs).toBe(mtimeMs);
  });

  it("is made again when a module of it changes, and leaves the former to those who run it", async () => {
    await using project = openProject({
      "side.ts": 'import "./part.ts";',
      "part.ts": "console.log(1);",
    });
    const first = await make(project.directory);

    writeFileSync(path.join(project.directory, "part.ts"), "console.log(22);");

    const second = await make(project.directory);
    expect(readFileSync(second, "utf8")).toContain("22");
    expect(readFileSync(first, "utf8")).not.toContain("22");
  });

  it("is whole for each of several that make it at once", async () => {
    await using project = openProject({ "side.ts": "console.log(1);" });

    const files = await Promise.all([make(project.directory), make(project.directory)]);

    expect(files[1]).toBe(files[0]);
    const names = readdirSync(path.join(project.directory, "cache"));
    expect(names.filter((name) => !/^side-[0-9a-f]+\.(?:json|mjs)$/u.test(name))).toEqual([]);
    expect(names).toHaveLength(2);
  });

  it("must need nothing but Node", async () => {
    await using project = openProject({ "side.ts": 'import "not-installed";' });

    const made = make(project.directory);

    await expect(made).rejects.toMatchObject({
      code: "RUN_MODULE_FAILED",
      message: expect.stringContaining("not-installed"),
    });
  });
});

function make(directory: string): Promise<string> {
  return runModuleFromSources({
    entry: path.join(directory, "side.ts"),
    cacheDirectory: path.join(directory, "cache"),
  });
}
