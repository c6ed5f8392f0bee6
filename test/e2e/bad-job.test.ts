import { describe, expect, it } from "vitest";

import { canary, expectRefusal } from "../support/expect-refusal.ts";
import { makeProject } from "../support/job-project.ts";

const executors = ["local", "emulator"] as const;
const imports = `import { defineJob, shellJob, executeJob } from "@runnable/core";\n`;
const shell = `shellJob({ command: "true" })`;
const fine = `${imports}export default defineJob({ run: () => ({ n: 1 }) });`;

describe("a wrong job file", () => {
  it.each([
    ["is not there", undefined, "JOB_FILE_MISSING", 78],
    ["has an error of syntax", "export default {", "JOB_IMPORT_FAILED", 1],
    ["imports what is not there", `import "./nowhere.ts";`, "JOB_IMPORT_FAILED", 1],
    ["has no job", "export const x = 1;", "JOB_NOT_FOUND", 78],
    ["exports something else as default", "export default 7;", "JOB_NOT_FOUND", 78],
    [
      "has two jobs and no default",
      `${imports}export const a = ${shell};\nexport const b = ${shell};`,
      "JOB_NOT_FOUND",
      78,
    ],
    [
      "has a wrong definition",
      `${imports}export default defineJob({ run: () => {}, secret: ["${canary}"] });`,
      "JOB_INVALID",
      78,
    ],
  ])("that %s is refused before anything is written", async (_, text, code, exitCode) => {
    await using project = await makeProject(text === undefined ? {} : { "my.job.ts": text });

    const end = await project.runnable(["run", "my.job.ts", "-e", "emulator"]);

    expectRefusal(end, { exitCode, codes: [code] });
    expect(end.stderr).toContain("my.job.ts");
    expect(project.has(".run_log_store")).toBe(false);
  });

  it("is told where it throws, in the user's file only", async () => {
    await using project = await makeProject({
      "my.job.ts": `import "./lib/deep.ts";`,
      "lib/deep.ts": `\n\nthrow new TypeError("broken while it loads");`,
    });

    const end = await project.runnable(["run", "my.job.ts"]);

    expectRefusal(end, { exitCode: 1, codes: ["JOB_IMPORT_FAILED"] });
    expect(end.stderr).toContain("broken while it loads");
    expect(end.stderr).toContain("deep.ts:3");
  });

  it("picks an export by name, and names those that are there", async () => {
    await using project = await makeProject({
      "jobs#1.ts": `${imports}export const a = shellJob({ command: "true" });\nexport const b = shellJob({ command: "exit 4" });`,
    });

    expect((await project.runnable(["run", "jobs#1.ts#b"])).code).toBe(4);
    const end = await project.runnable(["run", "jobs#1.ts#c"]);
    expectRefusal(end, { codes: ["JOB_NOT_FOUND"] });
    expect(end.stderr).toMatch(/a.*b/);
  });
});

describe("wrong parameters", () => {
  const job = `${imports}import * as z from "zod";
export default defineJob({
  parameters: z.strictObject({ epochs: z.int().min(1), rate: z.number().default(0.1) }),
  run: ({ parameters }) => ({ ...parameters }),
});`;

  it.each([
    ["missing", [], "epochs"],
    ["of the wrong type", ["-p", "epochs=many"], "epochs"],
    ["unknown", ["-p", "epochs=3", "-p", `epoch=${canary}`], "epoch"],
    ["out of range", ["-p", "epochs=0"], "epochs"],
  ])("are refused: one that is %s", async (_, args, name) => {
    await using project = await makeProject({ "my.job.ts": job });

    const end = await project.runnable(["run", "my.job.ts", "-e", "emulator", ...args]);

    expectRefusal(end, { codes: ["PARAMETERS_INVALID"] });
    expect(end.stderr).toContain(name);
    expect(project.has(".run_log_store")).toBe(false);
  });

  it.each([
    ["is not there", undefined],
    ["is not YAML", "epochs: [3"],
    ["is a list", `- ${canary}`],
  ])("are refused: a file that %s", async (_, text) => {
    await using project = await makeProject({
      "my.job.ts": job,
      ...(text === undefined ? {} : { "p.yaml": text }),
    });

    const end = await project.runnable(["run", "my.job.ts", "--parameters", "p.yaml"]);

    expectRefusal(end, { codes: ["PARAMETERS_UNREADABLE"] });
    expect(end.stderr).toContain("p.yaml");
  });

  it.each(["epochs", "=3"])("are refused: the argument %s", async (argument) => {
    await using project = await makeProject({ "my.job.ts": job });

    const end = await project.runnable(["run", "my.job.ts", "-p", argument]);

    expectRefusal(end, { codes: ["PARAMETERS_INVALID"] });
  });
});

describe("wrong returns", () => {
  it.each([
    ["a function", `() => ({ f: () => 1 })`],
    ["a cycle", `() => { const a = {}; a.a = a; return a; }`],
    ["not a number", `() => ({ n: NaN })`],
    ["a list", `() => [1]`],
  ])("are a failure of the job: %s", async (_, run) => {
    await using project = await makeProject({
      "my.job.ts": `${imports}export default defineJob({ run: ${run} });`,
    });

    for (const executor of executors) {
      const result = await project.run(["my.job.ts", "-e", executor]);

      expect(result).toMatchObject({
        status: "failed",
        cause: "user_error",
        exitCode: 1,
        returns: {},
      });
      expect((await project.shown()).outcome.error?.name).toBe("RETURNS_NOT_JSON");
    }
  });

  it.each(executors)(
    "are a failure of the job: one that it declared never came, on %s",
    async (executor) => {
      await using project = await makeProject({
        "function.job.ts": `${imports}export default defineJob({ returns: ["accuracy", "loss"], run: () => ({ accuracy: 1 }) });`,
        "shell.job.ts": `${imports}export default shellJob({ returns: ["accuracy", "loss"], command: 'echo "accuracy=1" >> "$RUNNABLE_OUTPUT"' });`,
      });

      for (const file of ["function.job.ts", "shell.job.ts"]) {
        const result = await project.run([file, "-e", executor]);

        expect(result).toMatchObject({ status: "failed", exitCode: 1, returns: { accuracy: 1 } });
        const { error } = (await project.shown()).outcome;
        expect(error?.name).toBe("RETURNS_MISSING");
        expect(error?.message).toContain("loss");
      }
    },
  );
});

describe("a secret that is not there", () => {
  it.each(executors)(
    "is refused before anything is written, all names at once, on %s",
    async (executor) => {
      await using project = await makeProject({
        "my.job.ts": `${imports}export default defineJob({ secrets: ["FIRST", "HERE", "SECOND"], run: () => {} });`,
      });

      const end = await project.runnable(["run", "my.job.ts", "-e", executor], { HERE: canary });

      expectRefusal(end, { codes: ["SECRETS_MISSING"] });
      expect(end.stderr).toMatch(/FIRST.*SECOND/);
      expect(project.has(".run_log_store")).toBe(false);
    },
  );
});

describe("a run id", () => {
  it.each(["", "..", "a/b", "$(id)", "a\nb", "é"])(
    "that is no name is refused: %j",
    async (runId) => {
      await using project = await makeProject({ "my.job.ts": fine });

      const end = await project.runnable(["run", "my.job.ts", "--run-id", runId]);

      expectRefusal(end, { codes: ["RUN_ID_INVALID"] });
      expect(project.has(".run_log_store")).toBe(false);
    },
  );

  it.each(executors)("that is used is refused, also in other letters, on %s", async (executor) => {
    await using project = await makeProject({ "my.job.ts": fine });
    const first = await project.runnable([
      "run",
      "my.job.ts",
      "-e",
      executor,
      "--run-id",
      "Nightly_1",
    ]);

    const second = await project.runnable([
      "run",
      "my.job.ts",
      "-e",
      executor,
      "--run-id",
      "nightly_1",
    ]);

    expect(first.code).toBe(0);
    expectRefusal(second, { codes: ["RUN_ID_USED"] });
  });

  it.each(executors)(
    "that two ask for at once is given to one; the other is told, on %s",
    async (executor) => {
      await using project = await makeProject({
        "my.job.ts": `${imports}import { appendFileSync } from "node:fs";
export default defineJob({ run: ({ parameters }) => appendFileSync(parameters.file, "x") });`,
      });
      const args = [
        "run",
        "my.job.ts",
        "-e",
        executor,
        "--run-id",
        "same",
        "-p",
        `file=${project.path("ran")}`,
      ];

      const ends = await Promise.all([1, 2, 3].map(() => project.runnable(args)));

      const codes = ends.map(({ code }) => code).toSorted((a, b) => a - b);
      expect(codes).toEqual([0, 78, 78]);
      for (const end of ends.filter(({ code }) => code !== 0)) {
        expectRefusal(end, { codes: ["RUN_ID_USED"] });
      }
      expect(await project.read("ran")).toBe("x");
      expect(await project.shown("same")).toMatchObject({ state: "succeeded" });
    },
  );
});
