import { describe, expect, it } from "vitest";

import { makeProject } from "../support/job-project.ts";

const imports = `import { defineJob } from "@runnable/core";\n`;
const isolated = "job-executor: { type: local, config: { isolated: true } }\n";
const places: readonly (readonly [string, readonly string[]])[] = [
  ["local, isolated", ["-c", "isolated.yaml"]],
  ["emulator", ["-e", "emulator"]],
];

// Waits for the grace more than it works.
describe.concurrent("a job that never yields", () => {
  it.each(places)("is ended by its timeout, on %s", async (_, args) => {
    await using p = await makeProject({
      "isolated.yaml": isolated,
      "my.job.ts": `${imports}export default defineJob({ timeout: 1, run() { console.log("begun"); while (true); } });`,
    });

    const end = await p.runnable(["run", "my.job.ts", ...args]);

    expect(end.code).toBe(124);
    expect((await p.shown()).outcome).toMatchObject({
      status: "failed",
      cause: "timeout",
      exitCode: 124,
    });
  });

  it.each(places)("is ended by `cancel`, on %s", async (_, args) => {
    await using p = await makeProject({
      "isolated.yaml": isolated,
      "my.job.ts": `${imports}export default defineJob({ run() { console.log("begun"); while (true); } });`,
    });
    const submitted = await p.runnable([
      "run",
      "my.job.ts",
      "--run-id",
      "stuck",
      "--detach",
      ...args,
    ]);

    const end = await p.runnable(["cancel", "stuck", "--json"]);

    expect(submitted).toMatchObject({ code: 0, stdout: "stuck\n" });
    expect(end.code).toBe(0);
    expect((await p.shown()).outcome).toMatchObject({
      status: "cancelled",
      cause: "cancelled",
      exitCode: 130,
    });
  });
});
