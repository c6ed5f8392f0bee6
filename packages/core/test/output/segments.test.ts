import { setImmediate as nextTurn } from "node:timers/promises";

import type { OutputSegment } from "@runnable/plugin";
import { describe, expect, it } from "vitest";

import type { Frame } from "../../src/output/frame.ts";
import { readSegments } from "../../src/output/read-segments.ts";
import { createSegmentWriter } from "../../src/output/segment-writer.ts";

const key = { runId: "run", attempt: 1 };

function frameOf(seq: number, text: string | Uint8Array = `line ${seq}`): Frame {
  return { seq, channel: "o", bytes: Buffer.from(text), newline: true };
}

/** A store whose `append` may be told to fail. */
function memoryStore() {
  const segments: OutputSegment[] = [];
  const state = { failing: false, calls: 0 };
  return {
    segments,
    state,
    append: async (segment: OutputSegment) => {
      state.calls += 1;
      if (state.failing) throw new Error("disk full");
      segments.push(segment);
    },
    async *readOutput(_: unknown, from: number) {
      yield* segments.filter((segment) => segment.number >= from);
    },
  };
}

describe("createSegmentWriter", () => {
  it("keeps frames so that reading gives them back", async () => {
    const store = memoryStore();
    const writer = createSegmentWriter({ append: store.append, now: () => 1_700_000_000_000 });
    const frames: Frame[] = [
      frameOf(1, 'say "hé"'),
      { ...frameOf(2, Uint8Array.of(0xff, 0x0d)), channel: "e" },
      { ...frameOf(3, "part"), newline: false },
    ];

    for (const frame of frames) writer.push(frame);
    await writer.close();

    expect(store.segments[0]?.text.split("\n")[1]).toBe(
      '{"n":2,"t":1700000000000,"c":"e","d":"/w0=","b":1}',
    );
    expect(await Array.fromAsync(readSegments(store, key, 1))).toEqual(
      frames.map((frame) => ({ ...frame, at: 1_700_000_000_000, segment: 1 })),
    );
  });

  it("closes a segment at 1 MiB, and numbers them from 1", async () => {
    const store = memoryStore();
    const writer = createSegmentWriter({ append: store.append });

    for (let seq = 1; seq <= 300; seq += 1) writer.push(frameOf(seq, "x".repeat(10_000)));
    await writer.close();

    expect(store.segments.map((segment) => segment.number)).toEqual([1, 2, 3]);
    expect(Math.max(...store.segments.map((segment) => segment.text.length))).toBeLessThan(
      1_070_000,
    );
  });

  it("closes a segment after a second", async () => {
    const store = memoryStore();
    const writer = createSegmentWriter({ append: store.append });

    writer.push(frameOf(1));

    await expect.poll(() => store.segments.length, { timeout: 5000 }).toBe(1);
    expect(await writer.close()).toEqual({ lostFrames: 0 });
  });

  it("tells the first error only, tries again, and loses nothing when the store recovers", async () => {
    const store = memoryStore();
    const errors: unknown[] = [];
    const writer = createSegmentWriter({
      append: store.append,
      onError: (error) => errors.push(error),
    });
    store.state.failing = true;

    for (let seq = 1; seq <= 250; seq += 1) {
      writer.push(frameOf(seq, "x".repeat(10_000)));
      await writer.drained();
    }
    expect(store.state.calls).toBeGreaterThan(1);
    store.state.failing = false;
    const result = await writer.close();

    expect(errors).toEqual([new Error("disk full")]);
    expect(result).toEqual({ lostFrames: 0 });
    expect(await Array.fromAsync(readSegments(store, key, 1))).toHaveLength(250);
  });

  it("says how much was lost, and why, when the store never recovers", async () => {
    const store = memoryStore();
    const writer = createSegmentWriter({ append: store.append });
    store.state.failing = true;

    for (let seq = 1; seq <= 6000; seq += 1) {
      writer.push(frameOf(seq, "x".repeat(10_000)));
      await writer.drained();
    }
    const result = await writer.close();

    expect(result).toEqual({ lostFrames: 6000, error: new Error("disk full") });
  });

  it("gives what is left at once to a process that is about to end, also what is being written", () => {
    const writer = createSegmentWriter({ append: () => new Promise(() => {}) });
    writer.push(frameOf(1, "x".repeat(2 * 1024 * 1024)));
    writer.push(frameOf(2));

    const rest = writer.takeRest();

    expect(rest.map(({ number }) => number)).toEqual([1, 2]);
    expect(rest[1]?.text).toContain("line 2");
    expect(writer.takeRest()).toEqual([]);
  });

  it("makes the job wait while a slow store has much to write", async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const writer = createSegmentWriter({ append: () => gate });
    for (let seq = 1; seq <= 800; seq += 1) writer.push(frameOf(seq, "x".repeat(10_000)));
    const waiting = writer.drained();

    expect(await Promise.race([waiting, nextTurn("waits")])).toBe("waits");
    open();
    expect(await waiting).toBeUndefined();
  });
});

describe("readSegments", () => {
  it("reads on from a segment, and passes over damaged lines", async () => {
    const store = memoryStore();
    const line = '{"n":1,"t":1,"c":"o","d":"a"}';
    store.segments.push({ number: 1, text: `${line}\n` });
    store.segments.push({
      number: 2,
      text: `{"n":2,"t"\n[]\n{"n":3,"t":1,"c":"z","d":"a"}\n${line}\n`,
    });

    const frames = await Array.fromAsync(readSegments(store, key, 2));

    expect(frames.map(({ seq, segment }) => ({ seq, segment }))).toEqual([{ seq: 1, segment: 2 }]);
  });
});
