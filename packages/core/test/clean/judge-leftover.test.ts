import { expect, it } from "vitest";

import { judgeLeftover, type LeftoverFacts } from "../../src/clean/judge-leftover.ts";

const hourMs = 3_600_000;
const over: LeftoverFacts = {
  attempt: 1,
  ageMs: 2 * hourMs,
  entry: undefined,
  recorded: true,
  status: "ended",
};
const handle = { state: "HANDLE", attempt: 1 } as const;

it.each<[string, Partial<LeftoverFacts>, number | undefined, boolean]>([
  ["is over, by its platform and the run log", {}, undefined, true],
  ["is gone", { status: "gone" }, undefined, true],
  ["runs", { status: "running" }, undefined, false],
  ["waits for its turn", { status: "queued" }, undefined, false],
  ["runs, though it is old", { status: "running" }, hourMs, false],
  ["can't be asked for", { status: undefined }, undefined, false],
  ["is in hand by the journal", { entry: handle }, undefined, false],
  ["was never submitted for good", { entry: { ...handle, state: "INTENT" } }, undefined, false],
  ["is a former attempt of a run in hand", { entry: { ...handle, attempt: 2 } }, undefined, true],
  ["is a later attempt than the journal's", { entry: handle, attempt: 2 }, undefined, false],
  [
    "is done by the journal",
    { entry: { ...handle, state: "DONE" }, recorded: false },
    undefined,
    true,
  ],
  ["is nobody's here", { recorded: false }, undefined, false],
  ["is nobody's here, and old", { recorded: false }, hourMs, true],
  ["is nobody's here, of unknown age", { recorded: false, ageMs: undefined }, hourMs, false],
  ["is over, and younger than asked for", {}, 3 * hourMs, false],
  ["is over, of unknown age, where age was asked for", { ageMs: undefined }, hourMs, false],
])("what %s", (_, facts, olderThanMs, remove) => {
  const judgement = judgeLeftover({ ...over, ...facts }, olderThanMs);

  expect(judgement.remove, judgement.why).toBe(remove);
});
