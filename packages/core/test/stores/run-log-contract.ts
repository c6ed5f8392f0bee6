import type { FactKey, OutputSegment, RunLog } from "@runnable/plugin";
import { describe, expect, it } from "vitest";

import { temporaryDirectory } from "../temporary-directory.ts";
import { openStore, type StoreUnderTest } from "./open-store.ts";
import { describeSharedRunLog } from "./shared-run-log-contract.ts";

/** What every run log store keeps to. */
export function describeRunLog(name: string, store: StoreUnderTest): void {
  describe(`${name}, as a run log`, () => {
    describeFacts(store);
    describeOutput(store);
    describeLists(store);
    if (store.shared) describeSharedRunLog(store);
  });
}

const run: FactKey = { runId: "run_123", fact: "run" };
const claim: FactKey = { runId: "run_123", fact: "claim", attempt: 1 };
const first = { runId: "run_123", attempt: 1 };

function describeFacts(store: StoreUnderTest): void {
  it("gives back what was created, exactly", async () => {
    await using opened = await open(store);
    const value = { text: "é 🎉 \u0000\n", list: [1, null, { deep: false }], number: 0.1 };

    const created = await opened.runLog.create(run, value);

    expect(created).toBe(true);
    expect(await opened.runLog.read(run)).toEqual(value);
  });

  it("creates a fact once", async () => {
    await using opened = await open(store);
    await opened.runLog.create(claim, { by: "first" });

    const again = await opened.runLog.create(claim, { by: "second" });

    expect(again).toBe(false);
    expect(await opened.runLog.read(claim)).toEqual({ by: "first" });
  });

  it("holds facts of a run and of its attempts apart", async () => {
    await using opened = await open(store);
    const keys: readonly FactKey[] = [
      run,
      claim,
      { ...claim, attempt: 2 },
      { ...claim, fact: "heartbeat" },
      { ...claim, fact: "outcome" },
      { ...claim, fact: "outcome-late" },
      { runId: "run_123", fact: "outcome" },
      { runId: "run_1234", fact: "outcome" },
    ];

    for (const [number, key] of keys.entries()) await opened.runLog.create(key, { number });

    const read = await Promise.all(keys.map((key) => opened.runLog.read(key)));
    expect(read).toEqual(keys.map((_, number) => ({ number })));
  });

  it("has nothing of what was never created", async () => {
    await using opened = await open(store);
    await opened.runLog.create(run, {});

    const facts = [claim, { runId: "other", fact: "run" }] as const;

    for (const key of facts) expect(await opened.runLog.read(key)).toBeUndefined();
    expect(await opened.runLog.attempts("other")).toEqual([]);
    expect(await segments(opened.runLog, 1)).toEqual([]);
  });

  it("lets one of many that create a run at once win", async () => {
    await using opened = await open(store);
    const numbers = Array.from({ length: 16 }, (_, number) => number);

    const created = await Promise.all(
      numbers.map((number) => opened.runLog.create(run, { number })),
    );

    expect(created.filter(Boolean)).toHaveLength(1);
    expect(await opened.runLog.read(run)).toEqual({ number: created.indexOf(true) });
  });

  it("refuses a run id that differs from another only in case", async () => {
    await using opened = await open(store);
    await opened.runLog.create({ runId: "Train", fact: "run" }, { number: 1 });

    const created = await opened.runLog.create({ runId: "tRAIN", fact: "run" }, { number: 2 });

    expect(created).toBe(false);
    expect(await opened.runLog.list({ limit: 9 })).toMatchObject([{ runId: "Train" }]);
  });

  it.each(["", ".", "..", "../run", "a/b", ".index", ".runnable", "a\0b", "é", "x".repeat(201)])(
    "refuses %j as a run id",
    async (runId) => {
      await using opened = await open(store);

      await expect(opened.runLog.create({ runId, fact: "run" }, {})).rejects.toMatchObject({
        code: "RUN_ID_INVALID",
      });
    },
  );

  it("creates at once where it offers to", async () => {
    await using opened = await open(store);
    const { createSync, read } = opened.runLog;
    const key: FactKey = { ...claim, fact: "outcome" };

    const created = createSync && [createSync(key, { by: 1 }), createSync(key, { by: 2 })];

    expect(created ?? [true, false]).toEqual([true, false]);
    expect(await read(key)).toEqual(createSync && { by: 1 });
  });

  it("writes over a heartbeat, there or not", async () => {
    await using opened = await open(store);
    const heartbeat: FactKey = { ...claim, fact: "heartbeat" };

    for (const counter of [1, 2, 3]) await opened.runLog.replace(heartbeat, { counter });

    expect(await opened.runLog.read(heartbeat)).toEqual({ counter: 3 });
  });
}

function describeOutput(store: StoreUnderTest): void {
  it("gives segments in order, from any number on", async () => {
    await using opened = await open(store);
    const texts = Array.from({ length: 12 }, (_, index) => `{"line":"${index} é"}\n`);
    for (const [index, text] of texts.entries()) {
      await opened.runLog.appendOutput(first, { number: index + 1, text });
    }

    expect(await segments(opened.runLog, 1)).toEqual(
      texts.map((text, index) => ({ number: index + 1, text })),
    );
    expect((await segments(opened.runLog, 11)).map(({ number }) => number)).toEqual([11, 12]);
    expect(await segments(opened.runLog, 13)).toEqual([]);
  });

  it("keeps the first of two segments of one number", async () => {
    await using opened = await open(store);

    await opened.runLog.appendOutput(first, { number: 1, text: "first\n" });
    await opened.runLog.appendOutput(first, { number: 1, text: "second\n" });

    expect(await segments(opened.runLog, 1)).toEqual([{ number: 1, text: "first\n" }]);
  });

  it("keeps segments at once as it keeps them otherwise, where it can", async () => {
    await using opened = await open(store);
    const { appendOutput, appendOutputSync } = opened.runLog;
    await appendOutput(first, { number: 1, text: "first\n" });

    appendOutputSync?.(first, { number: 1, text: "second\n" });
    appendOutputSync?.(first, { number: 2, text: "third\n" });

    const kept = (await segments(opened.runLog, 1)).map(({ text }) => text);
    expect(kept).toEqual(["first\n", ...(appendOutputSync ? ["third\n"] : [])]);
  });
}

function describeLists(store: StoreUnderTest): void {
  it("lists runs newest first, by the time in their record", async () => {
    await using opened = await open(store);
    const times = [
      "2026-11-24T23:59:59.999Z",
      "2026-11-25T00:00:00.001Z",
      "2026-11-25T00:01:00.000Z",
    ];
    for (const index of [1, 0, 2]) {
      const createdAt = times[index]!;
      await opened.runLog.create({ runId: `run-${index}`, fact: "run" }, { createdAt });
    }

    expect(await opened.runLog.list({ limit: 9 })).toEqual([
      { runId: "run-2", createdAt: times[2] },
      { runId: "run-1", createdAt: times[1] },
      { runId: "run-0", createdAt: times[0] },
    ]);
    expect(await opened.runLog.list({ limit: 2 })).toHaveLength(2);
    expect(await opened.runLog.list({ limit: 0 })).toEqual([]);
  });

  it("knows attempts by their claim or outcome", async () => {
    await using opened = await open(store);
    await opened.runLog.create({ ...claim, attempt: 10 }, {});
    await opened.runLog.create({ ...claim, attempt: 2, fact: "outcome" }, {});
    await opened.runLog.create({ ...claim, attempt: 1 }, {});
    await opened.runLog.replace({ ...claim, attempt: 3, fact: "heartbeat" }, {});

    expect(await opened.runLog.attempts("run_123")).toEqual([1, 2, 10]);
  });

  it("finds ids by their beginning", async () => {
    await using opened = await open(store);
    for (const runId of ["ab1", "ab2", "abc", "b"]) {
      await opened.runLog.create({ runId, fact: "run" }, {});
    }

    expect(await opened.runLog.findIds("ab", 9)).toEqual(["ab1", "ab2", "abc"]);
    expect(await opened.runLog.findIds("ab", 2)).toHaveLength(2);
    expect(await opened.runLog.findIds("B", 2)).toEqual([]);
  });

  it("has one identity", async () => {
    await using opened = await open(store);

    const made = await opened.runLog.storeId({ create: true });

    expect(made).toMatch(/\S/);
    expect(await opened.runLog.storeId({ create: false })).toBe(made);
  });
}

interface Opened extends AsyncDisposable {
  readonly runLog: RunLog;
}

async function open({ module, config }: StoreUnderTest): Promise<Opened> {
  const temporary = await temporaryDirectory();
  const { directory } = temporary;
  const runLog = await openStore<RunLog>(module, config(directory), directory);
  return {
    runLog,
    [Symbol.asyncDispose]: async () => {
      await runLog.close?.();
      await temporary[Symbol.asyncDispose]();
    },
  };
}

async function segments(runLog: RunLog, from: number): Promise<readonly OutputSegment[]> {
  return Array.fromAsync(runLog.readOutput(first, from));
}
