import { once } from "node:events";

import { describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";

import { performJob } from "../../src/execute/perform.ts";
import { defineJob } from "../../src/jobs/define-job.ts";
import type { Job } from "../../src/jobs/job.ts";
import { surroundings } from "./surroundings.ts";

function perform(job: Job, more: Partial<Parameters<typeof performJob>[0]> = {}) {
  return performJob({ ...surroundings(), job, ...more });
}

describe("a function that returns", () => {
  it("gives returns, and the numbers at their top level as metrics beside those it reports", async () => {
    const job = defineJob({
      run({ metric }) {
        metric("loss", 1);
        metric("loss", 0.5);
        metric("accuracy", 0.1);
        return { accuracy: 0.9, labels: ["a"], nested: { n: 1 } };
      },
    });

    expect(await perform(job)).toEqual({
      status: "succeeded",
      exitCode: 0,
      returns: { accuracy: 0.9, labels: ["a"], nested: { n: 1 } },
      metrics: { loss: 0.5, accuracy: 0.9 },
    });
  });

  it("may return nothing", async () => {
    expect(await perform(defineJob({ async run() {} }))).toMatchObject({
      status: "succeeded",
      returns: {},
    });
  });

  it("gets its context", async () => {
    const seen = vi.fn<(seen: unknown) => void>();
    const onProgress = vi.fn<(progress: unknown) => void>();
    const job = defineJob({
      parameters: z.object({ epochs: z._default(z.int(), 3) }),
      secrets: ["TOKEN"],
      run({ runId, attempt, parameters, secrets, progress }) {
        seen({ runId, attempt, parameters, token: secrets.TOKEN });
        progress(1);
        progress(2, 4, "training");
        progress(0 / 0);
        progress(3, 1 / 0);
      },
    });

    await perform(job, { attempt: 2, secrets: { TOKEN: "t" }, onProgress });

    expect(seen).toHaveBeenCalledWith({
      runId: "run",
      attempt: 2,
      parameters: { epochs: 3 },
      token: "t",
    });
    expect(onProgress.mock.calls).toEqual([
      [{ done: 1 }],
      [{ done: 2, total: 4, label: "training" }],
      [{ done: 3 }],
    ]);
  });

  it.each([
    ["NaN", { model: { weights: [1, Number.NaN] } }, "returns.model.weights[1] is NaN"],
    ["a date", { at: new Date() }, "returns.at is a Date"],
    ["a list", [1, 2], "a list"],
    ["null", null, "null"],
    ["text", "done", "a string"],
  ])("%s fails: that is no JSON object", async (_, returned, words) => {
    const result = await perform(defineJob({ run: () => returned as object }));

    expect(result).toMatchObject({
      status: "failed",
      cause: "user_error",
      exitCode: 1,
      error: { name: "RETURNS_NOT_JSON", message: expect.stringContaining(words) },
      returns: {},
    });
  });

  it("less than it declares fails, names what is missing and keeps the rest", async () => {
    const job = defineJob({ returns: ["a", "b", "c"], run: () => ({ a: 1, c: undefined }) });

    const result = await perform(job);

    expect(result).toMatchObject({ status: "failed", returns: { a: 1 }, metrics: { a: 1 } });
    expect(result.error).toMatchObject({
      name: "RETURNS_MISSING",
      message: expect.stringContaining("b, c"),
    });
  });
});

describe("a function that throws", () => {
  it("fails with its error, the user's frames and the metrics so far", async () => {
    const job = defineJob({
      async run({ metric }) {
        metric("loss", 2);
        await Promise.resolve();
        throw new RangeError("too far", { cause: new Error("first") });
      },
    });

    const { error, ...result } = await perform(job);

    expect(result).toEqual({
      status: "failed",
      cause: "user_error",
      exitCode: 1,
      returns: {},
      metrics: { loss: 2 },
    });
    expect(error).toMatchObject({ name: "RangeError", message: "too far" });
    expect(error?.stack).toContain("perform-function.test.ts");
    expect(error?.stack).toContain("caused by Error: first");
    expect(error?.stack).not.toMatch(/run-function|perform\.ts|node:internal/);
  });

  it.each([
    ["exitCode 3", Object.assign(new Error("x"), { exitCode: 3 }), 3],
    ["exitCode 0, which is no failure", Object.assign(new Error("x"), { exitCode: 0 }), 1],
    ["exitCode 256, which is none", Object.assign(new Error("x"), { exitCode: 256 }), 1],
    ["text", "plain", 1],
    ["undefined", undefined, 1],
    [
      "an object that can't be shown",
      {
        toJSON: () => {
          throw new Error("no");
        },
      },
      1,
    ],
  ])("%s ends with the right code", async (_, thrown, exitCode) => {
    const job = defineJob({
      run() {
        // oxlint-disable-next-line only-throw-error -- people do
        throw thrown;
      },
    });

    expect(await perform(job)).toMatchObject({ status: "failed", exitCode });
  });

  it("fails when a metric is no number", async () => {
    const job = defineJob({ run: ({ metric }) => metric("loss", Number.NaN) });

    expect(await perform(job)).toMatchObject({
      status: "failed",
      error: { message: expect.stringContaining("metric loss is NaN") },
    });
  });
});

describe("a function that is stopped", () => {
  it.each([
    ["cancelled", "cancelled", { status: "cancelled", cause: "cancelled", exitCode: 130 }],
    ["out of time", "timeout", { status: "failed", cause: "timeout", exitCode: 124 }],
    [
      "out of time by AbortSignal.timeout()",
      new DOMException("late", "TimeoutError"),
      { status: "failed", cause: "timeout", exitCode: 124 },
    ],
  ])("is %s", async (_, reason, expected) => {
    const stop = new AbortController();
    const job = defineJob({
      async run({ signal }) {
        setImmediate(() => stop.abort(reason));
        await once(signal, "abort");
        signal.throwIfAborted();
      },
    });

    expect(await perform(job, { signal: stop.signal })).toMatchObject(expected);
  });

  it("does not begin when it was stopped before", async () => {
    const run = vi.fn<() => void>();

    const result = await perform(defineJob({ run }), { signal: AbortSignal.abort() });

    expect(result.status).toBe("cancelled");
    expect(run).not.toHaveBeenCalled();
  });

  it("counts as cancelled when it then returns as if done", async () => {
    const stop = new AbortController();
    const job = defineJob({
      run() {
        stop.abort();
        return { half: true };
      },
    });

    expect(await perform(job, { signal: stop.signal })).toMatchObject({
      status: "cancelled",
      returns: {},
    });
  });
});

it("refuses parameters that the schema refuses, before the job begins", async () => {
  const run = vi.fn<() => void>();
  const job = defineJob({ parameters: z.object({ epochs: z.int() }), run });

  const result = await perform(job, { parameters: { epochs: "many" } });

  expect(result).toMatchObject({
    status: "failed",
    cause: "config",
    exitCode: 78,
    error: { name: "PARAMETERS_INVALID", message: expect.stringContaining("epochs") },
  });
  expect(run).not.toHaveBeenCalled();
});

it("does nothing, and succeeds, as a mock", async () => {
  const run = vi.fn<() => void>();

  const result = await perform(defineJob({ returns: ["a"], run }), { mock: true });

  expect(result).toEqual({ status: "succeeded", exitCode: 0, returns: {}, metrics: {} });
  expect(run).not.toHaveBeenCalled();
});
