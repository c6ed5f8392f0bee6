import type { PlatformStatus } from "@runnable/plugin";
import { expect, it } from "vitest";

import { verdictOf } from "../../src/observe/verdict-of.ts";
import type { Submitted } from "../../src/submit/submit-attempt.ts";

const submitted = {
  entry: { runId: "run-1", attempt: 2, executorType: "my-platform" },
} as Submitted;

it.each<[PlatformStatus, object]>([
  [
    { state: "gone", detail: "no such job" },
    { status: "lost", cause: "node_lost" },
  ],
  [
    { state: "ended", exitCode: 0 },
    { status: "lost", cause: "unknown", exitCode: 0 },
  ],
  [
    { state: "ended", exitCode: 1 },
    { status: "lost", cause: "unknown", exitCode: 1 },
  ],
  [
    { state: "ended", signal: "SIGKILL" },
    { status: "lost", exitCode: 137, signal: "SIGKILL" },
  ],
  [
    { state: "ended", exitCode: 137, cause: "oom" },
    { status: "failed", cause: "oom" },
  ],
  [
    { state: "ended", cause: "image", detail: "no such image" },
    { status: "failed", cause: "image" },
  ],
  [
    { state: "ended", cause: "cancelled" },
    { status: "cancelled", cause: "cancelled" },
  ],
])("the platform's word %j alone is never a success", (status, expected) => {
  const verdict = verdictOf(submitted, status, { foreign: [], cancelled: false });

  expect(verdict).toMatchObject({ ...expected, runId: "run-1", attempt: 2, by: "submitter" });
});

it("keeps the last words that were no frames", () => {
  const words = ["exec format error"];

  const status = { state: "ended", exitCode: 126 } as const;
  const verdict = verdictOf(submitted, status, { foreign: words, cancelled: false });

  expect(verdict.error?.message).toContain("exec format error");
  expect(verdict.evidence).toMatchObject({ lastWords: words });
});

it.each<[PlatformStatus, object]>([
  [
    { state: "gone", detail: "killed" },
    { status: "cancelled", cause: "cancelled", exitCode: 130 },
  ],
  [
    { state: "ended", exitCode: 137, cause: "platform", detail: "ended from outside" },
    { status: "cancelled", cause: "cancelled", exitCode: 130 },
  ],
  [
    { state: "ended", exitCode: 137, cause: "oom" },
    { status: "failed", cause: "oom" },
  ],
])(
  "of a run that its user stopped, %j is what the user wanted unless it has a cause",
  (status, expected) => {
    const verdict = verdictOf(submitted, status, { foreign: [], cancelled: true });

    expect(verdict).toMatchObject(expected);
  },
);
