import { expect, it } from "vitest";

import { formatPlan } from "../../src/format/format-plan.ts";
import { options } from "./example-run.ts";

it("shows a plan as facts, storage and the platform's object", () => {
  const text = formatPlan(
    {
      job: "train.job.ts",
      executor: "emulator",
      providedBy: "@runnable/local 0.1.0",
      runId: "run_123",
      command: ["node", "/tmp/a b/run.mjs"],
      payload: { files: 5, size: "312 KiB" },
      storage: [
        {
          store: "catalog file-system",
          need: "directory /d",
          placement: "relay",
          setUpBy: "submitter",
        },
      ],
      plan: { env: { A: 'say "b": c' } },
    },
    options,
  );

  expect(text).toBe(`\
Nothing is submitted. This would be:
  job        train.job.ts
  executor   emulator, from @runnable/local 0.1.0
  run        run_123
  command    node '/tmp/a b/run.mjs'
  payload    5 files, 312 KiB

Storage
  STORE                NEED          SEEN FROM THE JOB  SET UP BY
  catalog file-system  directory /d  relay              submitter

Plan
{
  "env": {
    "A": "say \\"b\\": c"
  }
}
`);
});

it("keeps paths whole that are too long for the table of storage", () => {
  const directory = `/data/${"long/".repeat(7)}runs`;
  const storage = [
    {
      store: "run-log-store file-system",
      need: `directory ${directory}`,
      placement: directory,
      setUpBy: "job",
    },
    { store: "payload", need: "the payload", placement: "/tmp/p", setUpBy: "" },
  ];

  const text = formatPlan({ job: "j", executor: "e", runId: "r", storage }, options);

  expect(text).toContain(`\
Storage
  run-log-store file-system
    need               directory ${directory}
    seen from the job  ${directory}
    set up by          job
  payload
    need               the payload
    seen from the job  /tmp/p
`);
});
