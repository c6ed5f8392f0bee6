import { expect, it } from "vitest";

import { defineJob } from "../../src/jobs/define-job.ts";
import { jobName } from "../../src/jobs/job-name.ts";

const job = defineJob({ run() {} });

it.each([
  ["/p/train.job.ts", "train"],
  ["/p/train.ts", "train"],
  ["/p/train.job.mjs", "train"],
  ["/p/train.cjs", "train"],
  ["/p/a.b.js", "a.b"],
  ["/p/job.ts", "job"],
  ["/p/.job.ts", "job"],
])("names the job of %s %s", (file, name) => {
  expect(jobName(job, file)).toBe(name);
});

it("takes the name that the job gives itself", () => {
  expect(jobName(defineJob({ name: "fit", run() {} }), "/p/train.job.ts")).toBe("fit");
});

it("falls back on the module that defines it", () => {
  expect(jobName(job, undefined)).toBe("job-name.test");
});
