import { readFile } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { copyProject, lastJson } from "../../../test/support/copied-project.ts";

describe("count-words", () => {
  it.each(["local", "emulator"])("counts the words of the speech on %s", async (executor) => {
    await using project = await copyProject("examples/shell");

    const run = await project.runnable(["run", "count-words.job.ts", "-e", executor, "--json"]);
    const get = await project.runnable(["catalog", "get", "latest", "--to", "out"]);

    expect(lastJson(run)).toMatchObject({
      status: "succeeded",
      returns: { words: 158, distinct: 103, mostFrequent: "that" },
      metrics: { words: 158, distinct: 103 },
      catalog: [{ path: "counts.txt" }],
    });
    expect(get).toMatchObject({ code: 0 });
    expect(await readFile(project.path("out/counts.txt"), "utf8")).toMatch(
      /^ +13 that\n +8 here\n/,
    );
  });

  it("prints as many words as asked", async () => {
    await using project = await copyProject("examples/shell");

    const run = await project.runnable([
      "run",
      "count-words.job.ts",
      "-p",
      "top=2",
      "-p",
      "letters=1",
    ]);

    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^ +13 that\n +11 the\n$/);
  });

  it("refuses a parameter before the command starts", async () => {
    await using project = await copyProject("examples/shell");

    const run = await project.runnable(["run", "count-words.job.ts", "-p", "top=many", "--json"]);

    expect(run.code).toBe(78);
    expect(lastJson(run)).toMatchObject({ error: { code: "PARAMETERS_INVALID" } });
  });
});
