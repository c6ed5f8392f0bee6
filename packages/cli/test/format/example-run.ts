import type { RunResult } from "@runnable/core";

import type { RunSummaryContext } from "../../src/format/format-run-summary.ts";
import { createStyle } from "../../src/terminal/style.ts";

export const runId = "20261103-142205123-7f3kq9xm2c4dx";

/** A run that went well. */
export const succeeded: RunResult = {
  runId,
  status: "succeeded",
  attempt: 1,
  returns: {
    accuracy: 0.974358974,
    note: "hello\nworld",
    confusion: {
      species: ["Adelie", "Gentoo"],
      counts: [
        [33, 1],
        [0, 28],
      ],
    },
  },
  metrics: { accuracy: 0.974358974, loss: 0.0123456 },
  catalog: [
    {
      path: "model.json",
      digest: `sha256:${"9f86d081884c7d65".repeat(4)}`,
      bytes: 186_432,
      stored: true,
    },
    {
      path: "plots/é.svg",
      digest: `sha256:${"60303ae22b998861".repeat(4)}`,
      bytes: 3174,
      stored: false,
    },
  ],
  endedAt: "2026-11-03T14:22:09Z",
  durationMs: 4230,
  by: "job",
};

/** A run that its platform killed. */
export const killed: RunResult = {
  ...succeeded,
  status: "failed",
  cause: "oom",
  exitCode: 137,
  signal: "SIGKILL",
  attempt: 2,
  returns: {},
  metrics: {},
  catalog: [],
  peakMemoryBytes: 143 * 1024 * 1024,
  error: {
    name: "OutOfMemory",
    message: "the job was \u001b[31mkilled",
    stack:
      "OutOfMemory: x\n    at split (file:///p/split.ts:12:5)\n    at node:internal/x\n    at f (/p/node_modules/a/b.js:1:1)",
    remedy: "Give the job more memory.",
  },
  evidence: { state: "OOMKilled" },
};

/** Without colours, 80 columns. */
export const options = { style: createStyle(false), columns: 80 };

/** What the command line knows beside the result. */
export const context: RunSummaryContext = {
  ...options,
  prefix: "runnable",
  job: "train.job.ts",
  executor: "local",
  jobName: "train",
  catalog: "directory .catalog",
  runLog: `directory .runs/${runId}`,
};
