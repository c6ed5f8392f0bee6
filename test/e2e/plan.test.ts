import { readdir } from "node:fs/promises";

import { expect, it } from "vitest";

import type { CommandEnd } from "../support/copied-project.ts";
import { makeProject, type JobProject } from "../support/job-project.ts";

const files = {
  "report.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({
  files: ["data/*.csv"],
  secrets: ["REPORT_TOKEN"],
  catalog: { put: ["report.txt"] },
  run: ({ parameters }) => ({ ...parameters }),
});
`,
  "data/rows.csv": "a,b\n1,2\n",
  "mounted.yaml": "job-executor: { type: emulator, config: { storage: mounted } }\n",
  "separate.yaml": "job-executor: { type: emulator, config: { storage: separate } }\n",
  "relay.yaml": "job-executor: { type: emulator, config: { storage: relay } }\n",
  "memory.yaml": "job-executor: { type: emulator }\nrun-log-store: { type: buffered }\n",
};

interface Plan {
  readonly runId: string;
  readonly job: string;
  readonly executor: { readonly [key: string]: unknown };
  readonly storage: readonly { readonly [key: string]: unknown }[];
  readonly submission?: {
    readonly plan: { readonly [key: string]: unknown };
    readonly command: { readonly argv: readonly string[] };
    readonly payload: { readonly files: readonly { readonly path: string }[] };
  };
}

function makeReports(): Promise<JobProject> {
  return makeProject(files);
}

function plan(project: JobProject, ...args: readonly string[]): Promise<CommandEnd> {
  return project.runnable(["plan", "report.job.ts", ...args]);
}

async function planned(project: JobProject, ...args: readonly string[]): Promise<Plan> {
  const end = await plan(project, ...args, "--json");
  if (end.code !== 0) throw new Error(end.stderr);
  return JSON.parse(end.stdout) as Plan;
}

it("a plan of a run in this process says so, and where the stores are", async () => {
  await using project = await makeReports();

  const { stdout } = await plan(project);
  const { submission, storage } = await planned(project);

  expect(stdout).toContain("in this process");
  expect(submission).toBeUndefined();
  expect(storage.map(({ store, need }) => [store, need])).toEqual([
    ["run-log-store", `directory ${project.path(".run_log_store")}`],
    ["catalog", `directory ${project.path(".catalog")}`],
    ["secrets", "secrets REPORT_TOKEN"],
  ]);
});

it("a plan shows what a platform would get: its own object, the command, the payload", async () => {
  await using project = await makeReports();

  const { runId, submission } = await planned(project, "-e", "emulator", "--run-id", "mine");

  expect(runId).toBe("mine");
  expect(submission?.plan).toMatchObject({ environment: "bare", argv: submission?.command.argv });
  expect(submission?.command.argv.slice(2, 5)).toEqual(["execute-job", "report.job.ts", "mine"]);
  expect(submission?.payload.files.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["config.json", "files/data/rows.csv", "job.mjs", "run.mjs"]),
  );
});

it.each([
  ["mounted", "verify", "submitter"],
  ["separate", false, "job"],
  ["relay", undefined, "submitter"],
])("a plan tells who sets up storage that is %s", async (name, shared, setUpBy) => {
  await using project = await makeReports();

  const { storage } = await planned(project, "-c", `${name}.yaml`);

  expect(storage[0]).toMatchObject({ store: "run-log-store", type: "file-system", setUpBy });
  expect(storage[0]?.["shared"]).toBe(shared);
});

it("a plan reads no secret, and leaves nothing behind", async () => {
  await using project = await makeReports();
  const before = await readdir(project.directory, { recursive: true });

  const without = await plan(project, "-c", "mounted.yaml");
  const given = await project.runnable(["plan", "report.job.ts", "-c", "mounted.yaml", "--json"], {
    REPORT_TOKEN: "a-secret-value",
  });

  expect(without.code).toBe(0);
  expect(given.stdout).not.toContain("a-secret-value");
  expect(await readdir(project.directory, { recursive: true })).toEqual(before);
});

it("a plan that can't be refuses with the table of refusals, as `run` would", async () => {
  await using project = await makeReports();

  const { code, stderr } = await plan(project, "-c", "memory.yaml");
  const asJson = await plan(project, "-c", "memory.yaml", "--json");

  expect(code).toBe(78);
  expect(stderr).toContain("run-log-store: buffered");
  expect(stderr).toContain("remedy");
  expect(JSON.parse(asJson.stdout)).toMatchObject({
    error: { code: "STORAGE_REFUSED", refusals: [{ section: "run-log-store", store: "buffered" }] },
  });
});

it("a plan of parameters that the job does not take is refused", async () => {
  await using project = await makeReports();
  await project.write(
    "strict.job.ts",
    `import { defineJob } from "@runnable/core";
import * as z from "zod";
export default defineJob({ parameters: z.object({ epochs: z.number() }), run: () => ({}) });
`,
  );

  const { code, stderr } = await project.runnable(["plan", "strict.job.ts", "-p", "epochs=many"]);

  expect(code).toBe(78);
  expect(stderr).toContain("error[PARAMETERS_INVALID]");
});
