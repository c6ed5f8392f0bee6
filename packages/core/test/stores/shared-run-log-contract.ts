import type { FactKey, RunLog } from "@runnable/plugin";
import { expect, it } from "vitest";

import { temporaryDirectory } from "../temporary-directory.ts";
import { openStore, type StoreUnderTest } from "./open-store.ts";
import { storeProcess } from "./store-process.ts";

/** What a run log keeps to that several processes see: races, and writers that are killed. */
export function describeSharedRunLog(store: StoreUnderTest): void {
  it("has one identity for whoever opens it, made when it is asked for", async () => {
    await using temporary = await temporaryDirectory();
    const runLog = await opened(store, temporary.directory);
    const before = await runLog.storeId({ create: false });

    const made = await runLog.storeId({ create: true });

    const again = await opened(store, temporary.directory);
    expect([before, await again.storeId({ create: true })]).toEqual([undefined, made]);
  });

  it("lets one of two processes that create a run id win, and tells the other", async () => {
    await using temporary = await temporaryDirectory();
    await using one = await storeProcess(store, temporary.directory);
    await using two = await storeProcess(store, temporary.directory);
    const runLog = await opened(store, temporary.directory);

    for (let round = 1; round <= 8; round += 1) {
      const key: FactKey = { runId: `round-${round}`, fact: "run" };
      // In every second round the ids differ in case.
      const other = round % 2 === 0 ? key : { ...key, runId: key.runId.toUpperCase() };

      const created = await Promise.all([
        one.call("create", key, { by: 0 }),
        two.call("create", other, { by: 1 }),
      ]);

      expect(created.filter(Boolean)).toHaveLength(1);
      const winner = created[0] === true ? key : other;
      expect(await runLog.read(winner)).toEqual({ by: created.indexOf(true) });
    }
    expect(await runLog.list({ limit: 99 })).toHaveLength(8);
  });

  it("leaves each fact whole or absent when its writer is killed, and can create it then", async () => {
    await using temporary = await temporaryDirectory();
    const runLog = await opened(store, temporary.directory);
    const text = "x".repeat(1_500_000);

    const states: boolean[] = [];
    for (let round = 1; round <= 4; round += 1) {
      await using writer = await storeProcess(store, temporary.directory);
      const facts = factsOf(round);
      for (const key of facts) writer.tell("create", key, { text });
      await expect.poll(() => runLog.read(facts[0]!), { interval: 1 }).toBeDefined();
      await writer.kill();

      for (const key of facts) {
        const found = await runLog.read(key);
        states.push(found !== undefined);
        expect(found ?? { text }).toEqual({ text });
        expect(await runLog.create(key, { text: "again" })).toBe(found === undefined);
      }
    }

    expect(new Set(states)).toEqual(new Set([true, false]));
  });
}

function factsOf(round: number): readonly FactKey[] {
  const attempts = Array.from({ length: 10 }, (_, index) => index + 1);
  return attempts.map((attempt) => ({ runId: `killed-${round}`, fact: "outcome", attempt }));
}

function opened({ module, config }: StoreUnderTest, directory: string): Promise<RunLog> {
  return openStore(module, config(directory), directory);
}
