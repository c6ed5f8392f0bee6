import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect, it } from "vitest";

import type { JobReference } from "../../src/jobs/job.ts";
import { runNode, temporaryProject } from "./temporary-project.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const head = `import { defineJob } from "@runnable/core/job";
import { referenceOf, submit } from ${JSON.stringify(pathToFileURL(join(fixtures, "submit.ts")).href)};\n`;

/** Runs `main.ts` as a user would, then finds the job of each run that it asked for in a process of its own. */
async function roundTrip(files: { readonly [path: string]: string }) {
  await using project = await temporaryProject(files);
  const { directory } = project;
  const submitted = await runNode([project.path("main.ts")], { cwd: directory });
  const found = [];
  for (const line of submitted.stdout.trim().split("\n")) {
    const { file, exportName } = JSON.parse(line) as JobReference;
    const end = await runNode([join(fixtures, "load-job-file.ts"), file, exportName], {
      cwd: directory,
    });
    const { code, returns } = JSON.parse(end.stdout) as {
      code?: string;
      returns?: { job: string };
    };
    found.push([file.slice(directory.length + 1), exportName, code ?? returns?.job]);
  }
  return found;
}

it("names the export of a module that has been evaluated", async () => {
  const found = await roundTrip({
    "a.job.ts": `${head}export const a = defineJob({ run: () => ({ job: "a" }) });`,
    "main.ts": `${head}import { a } from "./a.job.ts"; await submit(a); throw new Error("must not run over there");`,
  });

  expect(found).toEqual([["a.job.ts", "a", "a"]]);
});

it.each([
  [
    "exported by a module that still awaits it",
    `export const a = defineJob({ run: () => ({ job: "a" }) }); await submit(a);`,
    [["#0", "a"]],
  ],
  [
    "not exported",
    `const a = defineJob({ run: () => ({ job: "a" }) }); await submit(a);`,
    [["#0", "a"]],
  ],
  [
    "executed as main only",
    `const a = defineJob({ run: () => ({ job: "a" }) }); if (import.meta.main) await submit(a);`,
    [["#0", "a"]],
  ],
  [
    "executed as main only, and exported",
    `const a = defineJob({ run: () => ({ job: "a" }) }); export default a; if (import.meta.main) submit(a);`,
    [["default", "a"]],
  ],
  [
    "one of two",
    `const a = defineJob({ run: () => ({ job: "a" }) }); const b = defineJob({ run: () => ({ job: "b" }) }); await submit(a); await submit(b);`,
    [
      ["#0", "a"],
      ["#1", "b"],
    ],
  ],
  [
    "executed twice",
    `const a = defineJob({ run: () => ({ job: "a" }) }); await submit(a); await submit(a);`,
    [
      ["#0", "a"],
      ["#0", "a"],
    ],
  ],
  [
    "made in a loop after an await",
    `for (const job of ["a", "b"]) await submit(defineJob({ run: () => ({ job }) }));`,
    [
      ["#0", "a"],
      ["#1", "JOB_NOT_REACHED"],
    ],
  ],
  [
    "made in a loop before",
    `const jobs = ["a", "b"].map((job) => defineJob({ run: () => ({ job }) })); for (const job of jobs) await submit(job);`,
    [
      ["#0", "a"],
      ["#1", "b"],
    ],
  ],
])("finds a job of the main module that is %s", async (_, source, expected) => {
  const found = await roundTrip({ "main.ts": head + source });

  expect(found).toEqual(expected.map((one) => ["main.ts", ...one]));
});

it("finds a job that a helper module makes for the main module", async () => {
  const found = await roundTrip({
    "helper.ts": `${head}export const make = (job: string) => defineJob({ run: () => ({ job }) }); export const own = make("own");`,
    "main.ts": `${head}import { make } from "./helper.ts"; await submit(make("a"));`,
  });

  expect(found).toEqual([["main.ts", "#1", "a"]]);
});

it("gives none to a job without a file", async () => {
  await using project = await temporaryProject({});
  const source = `${head.replace("@runnable/core/job", join(import.meta.dirname, "../../src/jobs/index.ts"))} await submit(defineJob({ run() {} }));`;

  const end = await runNode(["--input-type=module", "--eval", source], { cwd: project.directory });

  expect(end.stdout).toBe("undefined\n");
});

it("gives none to a job that a running job makes, unless it is exported", async () => {
  const source = `${head}export default defineJob({ run: async () => ({ job: String(await referenceOf(defineJob({ run() {} }))) }) });`;
  await using project = await temporaryProject({ "main.ts": source });

  const end = await runNode([join(fixtures, "load-job-file.ts"), project.path("main.ts")], {
    cwd: project.directory,
  });

  expect(JSON.parse(end.stdout)).toMatchObject({ returns: { job: "undefined" } });
});
