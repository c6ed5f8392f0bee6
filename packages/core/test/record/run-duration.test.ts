import { expect, it } from "vitest";

import { runDurationMs } from "../../src/record/run-duration.ts";
import { memoryRecords, outcomeRecord } from "../memory-records.ts";

const first = outcomeRecord({
  status: "failed",
  startedAt: "2026-11-25T08:00:00.000Z",
  endedAt: "2026-11-25T08:00:10.000Z",
  durationMs: 10_000,
});
const second = outcomeRecord({
  attempt: 2,
  startedAt: "2026-11-25T08:00:12.000Z",
  endedAt: "2026-11-25T08:00:20.000Z",
  durationMs: 8000,
});

it("counts from the first attempt on, with the wait between them", async () => {
  const { records } = await memoryRecords();
  await records.createAttemptOutcome({ ...first, retrying: true });
  await records.createAttemptOutcome(second);

  expect(await runDurationMs(records, second)).toBe(20_000);
});

it("begins anew with an attempt that was made by hand", async () => {
  const { records } = await memoryRecords();
  await records.createAttemptOutcome(first);
  await records.createAttemptOutcome(second);

  expect(await runDurationMs(records, second)).toBe(8000);
});

it("is the attempt's own where there is one, and unknown where it is", async () => {
  const { records } = await memoryRecords();

  expect(await runDurationMs(records, first)).toBe(10_000);
  expect(await runDurationMs(records, outcomeRecord())).toBeUndefined();
});
