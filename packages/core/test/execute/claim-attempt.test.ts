import { describe, expect, it } from "vitest";

import { claimAttempt, type Claimant } from "../../src/execute/claim-attempt.ts";
import { memoryRecords, outcomeRecord, runId } from "../memory-records.ts";

const first: Claimant = {
  runId,
  platformId: "start-1",
  mode: "supervised",
  restarts: false,
  limit: 3,
};
const second: Claimant = { ...first, platformId: "start-2" };

describe("claiming an attempt", () => {
  it("resumes the claim of the same start on the platform", async () => {
    const { records } = await memoryRecords();
    await claimAttempt(records, 1, first);

    expect(await claimAttempt(records, 1, first)).toBe(1);
  });

  it("refuses another start while the former is not proven dead, and touches nothing", async () => {
    const { records } = await memoryRecords();
    await claimAttempt(records, 1, first);

    await expect(claimAttempt(records, 1, second)).rejects.toMatchObject({ code: "DUPLICATE" });

    expect(await records.readAttemptOutcome(1)).toBeUndefined();
    expect(await records.attempts()).toEqual([1]);
  });

  it("moves on where the platform restarts what failed, and records the former as lost", async () => {
    const { records } = await memoryRecords();
    await claimAttempt(records, 1, first);

    expect(await claimAttempt(records, 1, { ...second, restarts: true })).toBe(2);

    expect(await records.readAttemptOutcome(1)).toMatchObject({
      status: "lost",
      cause: "node_lost",
    });
  });

  it.each(["succeeded", "cancelled"] as const)(
    "refuses a restart of an attempt that %s",
    async (status) => {
      const { records } = await memoryRecords();
      await claimAttempt(records, 1, first);
      await records.createAttemptOutcome(outcomeRecord({ status }));

      const again = claimAttempt(records, 1, { ...second, restarts: true });

      await expect(again).rejects.toMatchObject({ code: "DUPLICATE" });
    },
  );

  it("refuses a restart beyond the job's attempts", async () => {
    const { records } = await memoryRecords();
    await claimAttempt(records, 1, first);

    const again = claimAttempt(records, 1, { ...second, restarts: true, limit: 1 });

    await expect(again).rejects.toMatchObject({ code: "DUPLICATE" });
  });

  it("gives an attempt to exactly one of many at once", async () => {
    const { records } = await memoryRecords();
    const claims = Array.from({ length: 20 }, (_, at) =>
      claimAttempt(records, 1, { ...first, platformId: `start-${at}` }),
    );

    const settled = await Promise.allSettled(claims);

    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
