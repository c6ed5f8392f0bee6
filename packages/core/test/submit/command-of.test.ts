import { expect, it } from "vitest";

import { commandOf, type CommandParts } from "../../src/submit/command-of.ts";

const parts: CommandParts = {
  mode: "bundle",
  job: "my job.ts#it's",
  runId: "run_123",
  interpreter: ["node", "--max-old-space-size=512"],
};

it("starts the payload's own job side with its two files", () => {
  const { argv } = commandOf(parts, { root: "/payload" });

  expect(argv).toEqual([
    "node",
    "--max-old-space-size=512",
    "/payload/run.mjs",
    "execute-job",
    "my job.ts#it's",
    "run_123",
    "--config",
    "/payload/config.json",
    "--parameters",
    "/payload/parameters.json",
  ]);
});

it("is what a person would type in an image", () => {
  const { argv } = commandOf({ ...parts, mode: "image", job: "my_job.ts" }, { root: "/app" });

  expect(argv.join(" ")).toBe(
    "runnable execute-job my_job.ts run_123 --config config.yaml --parameters params.yaml",
  );
});

it("quotes where a shell is unavoidable", () => {
  expect(commandOf(parts, { root: "/pay load" }).shell).toContain(`'my job.ts#it'\\''s' run_123`);
});

it("tells paths over there by the environment", () => {
  const { env } = commandOf(parts, {
    root: "/payload",
    workDirectory: "/scratch",
    receiptPath: "/dev/termination-log",
    receiptBytes: 4096,
  });

  expect(env).toEqual({
    RUNNABLE_RUN_ID: "run_123",
    RUNNABLE_WORK_DIRECTORY: "/scratch",
    RUNNABLE_RECEIPT: "/dev/termination-log",
    RUNNABLE_RECEIPT_BYTES: "4096",
  });
});
