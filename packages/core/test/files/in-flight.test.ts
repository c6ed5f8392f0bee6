import { setImmediate } from "node:timers/promises";

import { expect, it } from "vitest";

import { inFlight } from "../../src/files/in-flight.ts";

it("starts actions, at most 32 at once, and resolves when all have ended", async () => {
  let [underWay, most, ended] = [0, 0, 0];

  const result = await inFlight(async (begin) => {
    for (let number = 0; number < 100; number += 1) {
      await begin(async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await setImmediate();
        underWay -= 1;
        ended += 1;
      });
    }
    return "done";
  });

  expect([result, most, ended]).toEqual(["done", 32, 100]);
});

it("throws what the first action that failed threw, when none is under way any more", async () => {
  let ended = 0;

  const working = inFlight(async (begin) => {
    await begin(async () => {
      await setImmediate();
      throw new Error("first");
    });
    await begin(async () => {
      for (let turn = 0; turn < 5; turn += 1) await setImmediate();
      ended += 1;
    });
  });

  await expect(working).rejects.toThrow("first");
  expect(ended).toBe(1);
});

it("waits for what is under way when the work itself fails", async () => {
  let ended = 0;

  const working = inFlight(async (begin) => {
    await begin(async () => {
      await setImmediate();
      ended += 1;
    });
    throw new Error("work");
  });

  await expect(working).rejects.toThrow("work");
  expect(ended).toBe(1);
});
