import { describe, expect, it } from "vitest";

import { formatCatalogList } from "../../src/format/format-catalog-list.ts";
import { formatJson } from "../../src/format/format-json.ts";
import { formatRefusals } from "../../src/format/format-refusals.ts";
import { formatRunDetails, type RunFacts } from "../../src/format/format-run-details.ts";
import { formatRunsList } from "../../src/format/format-runs-list.ts";
import { createStyle } from "../../src/terminal/style.ts";
import { textWidth } from "../../src/terminal/text-width.ts";
import { killed, options, runId, succeeded } from "./example-run.ts";

describe("formatRunsList", () => {
  const listed = { job: "train", executor: "local", status: "succeeded" };
  const now = Date.parse("2026-11-03T14:22:30Z");

  it("lists runs with short ids, and leaves out what no run has", () => {
    const runs = [
      { ...listed, runId, startedAt: "2026-11-03T14:22:05Z", durationMs: 4230 },
      { ...listed, runId: "run_123", status: "running", startedAt: "2026-11-03T14:11:05Z" },
    ];

    expect(formatRunsList(runs, { ...options, now })).toBe(`\
RUN                 JOB    EXECUTOR  STATUS       STARTED      TOOK
20261103-142205123  train  local     ✓ succeeded  25 s ago    4.2 s
run_123             train  local     ● running    11 min ago
`);
  });

  it("keeps whole ids where two begin alike", () => {
    const other = `${runId.slice(0, -1)}y`;

    const text = formatRunsList(
      [
        { ...listed, runId },
        { ...listed, runId: other },
      ],
      { ...options, now },
    );

    expect(text).toContain(`${runId}  `);
    expect(text).toContain(`${other}  `);
  });

  it("fits a terminal however long the names are", () => {
    const run = {
      ...listed,
      runId,
      job: "j".repeat(60),
      tag: "t".repeat(60),
      startedAt: "2026-11-03T14:22:05Z",
    };

    const lines = formatRunsList([run], { ...options, now }).split("\n");

    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(80);
  });

  it("says that there is none", () => {
    expect(formatRunsList([], { ...options, now })).toBe("There is no run yet.\n");
  });
});

it("lists the files of a run with sizes and digests", () => {
  expect(formatCatalogList(succeeded.catalog, options)).toBe(`\
FILE            SIZE  SHA256        KEPT
model.json   182 KiB  9f86d081884c
plots/é.svg  3.1 KiB  60303ae22b99  digest only
2 files, 185 KiB
`);
  expect(formatCatalogList([], options)).toBe("The run left no files.\n");
});

it("colours the keys of JSON, and only those", () => {
  const text = formatJson({ a: 'x "b": y', n: [1] }, createStyle(true));

  expect(text.split("\u001b[36m")).toHaveLength(3);
  expect(text).toContain('\u001b[36m"a"\u001b[39m: "x \\"b\\": y"');
});

it("tells all refusals at once, with what to change", () => {
  const text = formatRefusals(
    "my-platform",
    [
      {
        section: "run-log-store",
        store: "file-system",
        need: "directory /d",
        why: "it is not shared",
        remedy: "Share it.",
      },
      {
        section: "job",
        store: "job",
        need: "the payload",
        why: "it is too big",
        remedy: "Make it smaller.",
      },
    ],
    options,
  );

  expect(text).toBe(`\
✗ my-platform cannot reach the storage of this run

  run-log-store: file-system
  needs      directory /d
  why not    it is not shared
  remedy     Share it.

  job
  needs      the payload
  why not    it is too big
  remedy     Make it smaller.

  Nothing was submitted.
`);
});

describe("formatRunDetails", () => {
  const facts: RunFacts = {
    runId,
    status: "failed",
    tag: "nightly",
    job: {
      name: "train",
      file: "train.job.ts",
      exportName: "train",
      command: "python train.py\necho done",
    },
    parameters: { trees: 200, names: ["a"] },
    executor: { type: "local", package: "@runnable/local", version: "0.1.0" },
    code: { digest: "sha256:abc", git: { commit: "06a1b2c", dirty: ["train.job.ts"] } },
    createdAt: "2026-11-03T14:22:05Z",
    createdBy: "submitter",
    submitter: { host: "laptop", pid: 42 },
    attempts: [
      {
        attempt: 1,
        status: "failed",
        host: "laptop",
        pid: 43,
        startedAt: "2026-11-03T14:22:06Z",
        outcome: killed,
      },
    ],
    outcome: killed,
    durationMs: 4230,
    runLog: "directory .runs",
  };

  it("shows what was asked, each attempt, and how it ended", () => {
    expect(formatRunDetails(facts, options)).toBe(`\
20261103-142205123-7f3kq9xm2c4dx  ✗ failed: out of memory after 4.2 s

Asked
  job         train (train.job.ts#train)
  command     python train.py
              echo done
  parameters  trees = 200
              names = ["a"]
  tag         nightly
  executor    local, from @runnable/local 0.1.0
  created     2026-11-03T14:22:05Z by the submitter on laptop (process 42)
  code        sha256:abc
  git         06a1b2c, changed:
              train.job.ts

Attempts
  1           ✗ failed, out of memory, SIGKILL, 4.2 s, peak 143 MiB
              2026-11-03T14:22:06Z on laptop (process 43)

Failure
  error       OutOfMemory: the job was killed
              at split (/p/split.ts:12:5)
  evidence    state: OOMKilled
  remedy      Give the job more memory.

Places
  records     .runs
`);
  });

  it("shows a run under way with what there is", () => {
    const { outcome: _, code: __, tag: ___, ...rest } = facts;

    const text = formatRunDetails(
      { ...rest, status: "running", attempts: [], parameters: {} },
      options,
    );

    expect(text).toMatch(/^20261103-142205123-7f3kq9xm2c4dx {2}● running\n\nAsked\n/);
    expect(text).not.toMatch(/Attempts|Failure|Returns|parameters/);
  });
});
