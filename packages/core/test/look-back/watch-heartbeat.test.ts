import { expect, it } from "vitest";

import { processIdentity } from "../../src/files/process-identity.ts";
import { watchHeartbeat } from "../../src/look-back/watch-heartbeat.ts";
import type { ClaimRecord } from "../../src/record/run-record.ts";
import { memoryRecords, runId } from "../memory-records.ts";

interface Watched {
  readonly notices: readonly string[];
  readonly beat: (counter: number) => Promise<void>;
  /** Lets time go by on the reader's clock and looks. */
  readonly lookAfter: (ms: number) => Promise<void>;
}

async function watched(mode: ClaimRecord["mode"]): Promise<Watched> {
  const { records } = await memoryRecords();
  await records.createClaim({
    runId,
    attempt: 1,
    platformId: "p",
    // The clock of that machine is years behind.
    process: { ...processIdentity(), host: "another" },
    claimedAt: "2020-01-01T00:00:00.000Z",
    mode,
  });
  const notices: string[] = [];
  let clock = 0;
  const look = watchHeartbeat(records, {
    onNotice: (message) => notices.push(message),
    now: () => clock,
  });
  await look();
  return {
    notices,
    beat: (counter) => records.beat(1, { counter, at: "2020-01-01T00:00:00.000Z" }),
    lookAfter: async (ms) => {
      clock += ms;
      await look();
    },
  };
}

it("says once that a job is unresponsive when its heartbeat stands still for 30 s of the reader's clock", async () => {
  const { notices, lookAfter } = await watched("supervised");

  await lookAfter(29_000);
  expect(notices).toEqual([]);

  await lookAfter(3000);
  await lookAfter(60_000);
  expect(notices).toEqual([expect.stringMatching(/^unresponsive: no heartbeat .* for 30 s/)]);
});

it("is silent about a heartbeat that goes on, and says when one goes on again", async () => {
  const { notices, beat, lookAfter } = await watched("supervised");
  for (const counter of [1, 2, 3]) {
    await beat(counter);
    await lookAfter(20_000);
  }
  expect(notices).toEqual([]);

  await lookAfter(30_000);
  await beat(4);
  await lookAfter(5000);
  expect(notices).toEqual([expect.stringContaining("unresponsive"), "the job responds again"]);
});

it("expects no heartbeat of a job in its submitter's process", async () => {
  const { notices, lookAfter } = await watched("in-process");

  await lookAfter(100_000);

  expect(notices).toEqual([]);
});
