import { expect, it } from "vitest";

import { processIdentity } from "../../src/files/process-identity.ts";
import { settleRun } from "../../src/look-back/settle-run.ts";
import type { ProcessIdentity } from "../../src/record/run-record.ts";
import type { RunRecords } from "../../src/record/run-records.ts";
import { deadProcess, memoryRecords, outcomeRecord, runId, runRecord } from "../memory-records.ts";

it("leaves a run alone whose process lives", async () => {
  const { records } = await memoryRecords();
  await records.createRun(runRecord());
  await claim(records, processIdentity());

  expect(await settleRun(records, runId)).toBeUndefined();
  expect(await records.readRunOutcome()).toBeUndefined();
});

it("leaves a run alone that another machine does", async () => {
  const { records } = await memoryRecords();
  await records.createRun(runRecord());
  await claim(records, { ...deadProcess(), host: "another" });

  expect(await settleRun(records, runId)).toBeUndefined();
  expect(await records.readRunOutcome()).toBeUndefined();
});

it("records a run as lost whose process is gone", async () => {
  const { records } = await memoryRecords();
  await records.createRun(runRecord());
  await claim(records, deadProcess());

  const outcome = await settleRun(records, runId);

  expect(outcome).toMatchObject({ status: "lost", attempt: 1, by: "submitter" });
  expect(await records.readAttemptOutcome(1)).toEqual(outcome);
  expect(await records.readRunOutcome()).toEqual(outcome);
});

it("records a run as lost whose submitter ended before the job began", async () => {
  const { records } = await memoryRecords();
  await records.createRun(runRecord({ submitter: deadProcess() }));

  expect(await settleRun(records, runId)).toMatchObject({ status: "lost" });
  expect(await records.attempts()).toEqual([]);
});

it("gives a run the outcome of its last attempt when its process ended between the two", async () => {
  const { records } = await memoryRecords();
  await records.createRun(runRecord());
  await claim(records, deadProcess());
  await records.createAttemptOutcome(outcomeRecord());

  expect(await settleRun(records, runId)).toEqual(outcomeRecord());
  expect(await records.readRunOutcome()).toEqual(outcomeRecord());
});

async function claim(records: RunRecords, process: ProcessIdentity): Promise<void> {
  const claimedAt = "2026-11-25T08:00:01.000Z";
  await records.createClaim({
    runId,
    attempt: 1,
    platformId: "p",
    process,
    claimedAt,
    mode: "in-process",
  });
}
