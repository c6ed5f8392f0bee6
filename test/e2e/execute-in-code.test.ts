import { describe, expect, it } from "vitest";

import { makeProject } from "../support/job-project.ts";

const isolated = "job-executor: { type: local, config: { isolated: true } }\n";
const places = [
  ["local", "{}"],
  ["local, isolated", `{ configurationFile: "isolated.yaml" }`],
  ["emulator", `{ executor: "emulator" }`],
] as const;

function project(files: { readonly [name: string]: string }) {
  return makeProject({ "isolated.yaml": isolated, ...files });
}

describe.each(places)(
  "a job that is executed at the top level of a plain module, on %s",
  (_, options) => {
    it("runs where the configuration says; what follows belongs to the submitter", async () => {
      await using p = await project({
        "my_job.ts": `import { defineJob } from "@runnable/core";
const job = defineJob({ run: ({ parameters }) => { console.log("in the job"); return { pid: process.pid, text: parameters.text }; } });
let result;
try {
  result = await job.execute({ ...${options}, parameters: { text: "é" } });
} catch (error) {
  console.log("caught", error);
}
console.log(JSON.stringify({ text: result.returns.text, status: result.status, same: result.returns.pid === process.pid }));`,
      });

      const end = await p.node(["my_job.ts"]);

      expect(end.code, end.stderr).toBe(0);
      expect(end.stdout).toBe(
        `in the job\n${JSON.stringify({ text: "é", status: "succeeded", same: options === "{}" })}\n`,
      );
    });

    it("is found where a helper module defines and executes it, and when it is the second", async () => {
      await using p = await project({
        "lib/jobs.ts": `import { defineJob, executeJob } from "@runnable/core";
const jobs = ["first", "second"].map((name) => defineJob({ name, run: () => ({ name }) }));
export async function run(index: number) {
  const { returns } = await executeJob(jobs[index], ${options});
  return returns.name;
}`,
        "my_job.ts": `import { run } from "./lib/jobs.ts";
console.log(await run(0), await run(1));`,
      });

      const end = await p.node(["my_job.ts"]);

      expect(end.code, end.stderr).toBe(0);
      expect(end.stdout).toBe("first second\n");
    });

    it("throws JOB_FAILED when it fails, unless it is told not to", async () => {
      await using p = await project({
        "my_job.ts": `import { shellJob } from "@runnable/core";
const job = shellJob({ command: "exit 5" });
try {
  await job.execute(${options});
} catch (error) {
  console.log(error.code, error.exitCode, error.result.status);
}
const kept = await job.execute({ ...${options}, throwOnFailure: false });
console.log(kept.status, kept.exitCode);`,
        "uncaught.ts": `import { shellJob } from "@runnable/core";
await shellJob({ command: "exit 5" }).execute(${options});`,
      });

      const caught = await p.node(["my_job.ts"]);
      const uncaught = await p.node(["uncaught.ts"]);

      expect(caught.stdout, caught.stderr).toBe("JOB_FAILED 5 failed\nfailed 5\n");
      expect(uncaught.code).not.toBe(0);
      expect(uncaught.stderr).toContain("JOB_FAILED");
    });
  },
);

describe("executeJob", () => {
  it("says so when another process can't reach a job that is defined after an execution", async () => {
    await using p = await project({
      "my_job.ts": `import { defineJob } from "@runnable/core";
const options = { executor: "emulator", throwOnFailure: false };
await defineJob({ run: () => {} }).execute(options);
const { error } = await defineJob({ run: () => {} }).execute(options);
console.log(error.name, error.remedy);`,
    });

    const end = await p.node(["my_job.ts"]);

    expect(end.stdout, end.stderr).toMatch(/^JOB_NOT_REACHED Export the job/);
  });

  it("runs a job that another module exports, several at once", async () => {
    await using p = await project({
      "my.job.ts": `import { defineJob } from "@runnable/core";
export default defineJob({ run: ({ parameters }) => ({ n: parameters.n }) });`,
      "main.ts": `import { executeJob } from "@runnable/core";
import job from "./my.job.ts";
const results = await Promise.all([1, 2, 3].map((n) => executeJob(job, { parameters: { n }, executor: n === 3 ? "emulator" : "local" })));
console.log(JSON.stringify(results.map(({ returns }) => returns.n)));`,
    });

    const end = await p.node(["main.ts"]);

    expect(end.stdout, end.stderr).toBe("[1,2,3]\n");
    expect(await p.json(["runs", "list"])).toHaveLength(3);
  });

  it("within a running job is a run of its own", async () => {
    await using p = await project({
      "my.job.ts": `import { defineJob, shellJob } from "@runnable/core";
export const inner = shellJob({ command: 'echo "id=$RUNNABLE_RUN_ID" >> "$RUNNABLE_OUTPUT"' });
export default defineJob({ async run({ runId }) { const { returns } = await inner.execute(); return { outer: runId, inner: returns.id }; } });`,
    });

    const result = (await p.run(["my.job.ts"])) as { returns: { outer: string; inner: string } };

    expect(result.returns.inner).not.toBe(result.returns.outer);
    expect((await p.shown(result.returns.inner)).state).toBe("succeeded");
  });
});
