import { expect, it } from "vitest";

import { attemptResult } from "../../src/execute/attempt-result.ts";
import { failedResult, type JobResult } from "../../src/execute/job-result.ts";
import type { StopReason } from "../../src/execute/stopper.ts";
import type { ProcessEnd } from "../../src/execute/supervised-process.ts";

const succeeded: JobResult = { status: "succeeded", exitCode: 0, returns: { a: 1 }, metrics: {} };
const failed = failedResult({ name: "Error", message: "no" }, { exitCode: 3 });
const killedCommand = failedResult(
  { name: "CommandKilled", message: "" },
  { signal: "SIGKILL", exitCode: 137 },
);

interface Case {
  readonly when: string;
  readonly end: Partial<ProcessEnd>;
  readonly stopped?: StopReason;
  readonly outOfMemory?: boolean;
  readonly expected: Partial<JobResult>;
}

it.each<Case>([
  {
    when: "it told a success",
    end: { result: succeeded },
    expected: { status: "succeeded", returns: { a: 1 } },
  },
  {
    when: "it told a success although it was asked to stop",
    end: { result: succeeded },
    stopped: "cancelled",
    expected: { status: "succeeded" },
  },
  {
    when: "it told a failure",
    end: { exitCode: 3, result: failed },
    expected: { status: "failed", exitCode: 3 },
  },
  {
    when: "it was stopped by its timeout",
    end: { signal: "SIGKILL" },
    stopped: "timeout",
    expected: { status: "failed", cause: "timeout", exitCode: 124, signal: "SIGKILL" },
  },
  {
    when: "it was cancelled",
    end: { result: failed },
    stopped: "cancelled",
    expected: { status: "cancelled", cause: "cancelled", exitCode: 130 },
  },
  {
    when: "somebody else had ended the attempt",
    end: { signal: "SIGKILL" },
    stopped: "fenced",
    expected: { status: "cancelled", cause: "duplicate" },
  },
  {
    when: "its process was killed",
    end: { signal: "SIGKILL" },
    expected: { status: "failed", cause: "user_error", exitCode: 137, signal: "SIGKILL" },
  },
  {
    when: "its process was killed while the kernel killed for memory",
    end: { signal: "SIGKILL" },
    outOfMemory: true,
    expected: { status: "failed", cause: "oom", exitCode: 137 },
  },
  {
    when: "its command was killed while the kernel killed for memory",
    end: { result: killedCommand },
    outOfMemory: true,
    expected: { status: "failed", cause: "oom", exitCode: 137, signal: "SIGKILL" },
  },
  {
    when: "its process left with 3 before it told anything",
    end: { exitCode: 3 },
    expected: { status: "failed", cause: "user_error", exitCode: 3 },
  },
  {
    when: "its process left with 0 before its function returned",
    end: { exitCode: 0 },
    expected: { status: "failed", exitCode: 1 },
  },
])(
  "an attempt is $expected.status when $when",
  ({ end, stopped, outOfMemory = false, expected }) => {
    const whole = {
      exitCode: null,
      signal: null,
      result: undefined,
      peakMemoryBytes: undefined,
      ...end,
    };

    expect(attemptResult(whole, stopped, outOfMemory)).toMatchObject(expected);
  },
);
