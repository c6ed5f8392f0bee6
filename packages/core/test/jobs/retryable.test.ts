import { expect, it } from "vitest";

import { isRetryable, retryDelayMs } from "../../src/jobs/retryable.ts";

it.each([
  "user_error",
  "oom",
  "timeout",
  "preempted",
  "evicted",
  "node_lost",
  "platform",
  "unknown",
] as const)("tries again after %s", (cause) => {
  expect(isRetryable(cause, 1)).toBe(true);
});

it.each([
  "config",
  "storage",
  "image",
  "quota",
  "unschedulable",
  "duplicate",
  "cancelled",
] as const)("does not try again after %s", (cause) => {
  expect(isRetryable(cause, 1)).toBe(false);
});

it("follows the causes that a job lists, and no others", () => {
  const retries = { limit: 3, causes: ["quota"] };

  expect(isRetryable("quota", retries)).toBe(true);
  expect(isRetryable("oom", retries)).toBe(false);
});

it("tries nothing again without retries", () => {
  expect(isRetryable("oom", undefined)).toBe(false);
  expect(isRetryable("oom", 0)).toBe(false);
});

it("waits twice as long each time, up to five minutes, of which chance takes at most half away", () => {
  expect([1, 2, 3, 9, 10, 2000].map((attempt) => retryDelayMs(attempt, 0))).toEqual([
    1000, 2000, 4000, 256_000, 300_000, 300_000,
  ]);
  expect(retryDelayMs(3, 0.999_999)).toBe(2000);
});
