import { expect, it } from "vitest";

import { evaluate } from "../src/evaluate.ts";
import { predictSpecies } from "../src/model.ts";
import { trainParameters } from "../src/parameters.ts";
import { createRandom } from "../src/random.ts";
import { stratifiedSplit } from "../src/stratified-split.ts";
import { palmerPenguins } from "./palmer-penguins.ts";
import { trainSmall } from "./train-small.ts";

it.each([7, 42, 2026])(
  "tells at least 95 % of unseen penguins right with seed %i",
  async (seed) => {
    const parameters = trainParameters.parse({ seed });
    const random = createRandom(seed);
    const { training, test } = stratifiedSplit(palmerPenguins, parameters.testShare, random);

    const model = await trainSmall(training, { ...parameters, random });

    const actual = test.map(({ species }) => species);
    const { accuracy, macroF1 } = evaluate(actual, predictSpecies(model, test));
    expect(accuracy).toBeGreaterThanOrEqual(0.95);
    expect(macroF1).toBeGreaterThanOrEqual(0.95);
  },
);

it("gives the same model for the same seed", async () => {
  const first = await trainSmall(palmerPenguins, { random: createRandom(5) });
  const second = await trainSmall(palmerPenguins, { random: createRandom(5) });

  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
});

it("reports each tree", async () => {
  const reported: number[] = [];

  await trainSmall(palmerPenguins, { trees: 4, onTree: (grown) => reported.push(grown) });

  expect(reported).toEqual([1, 2, 3, 4]);
});

it("stops between two trees when it is aborted from outside", async () => {
  const controller = new AbortController();
  let grown = 0;
  const onTree = (): void => {
    grown += 1;
    if (grown === 3) setImmediate(() => controller.abort(new Error("enough")));
  };

  const training = trainSmall(palmerPenguins, { trees: 500, signal: controller.signal, onTree });

  await expect(training).rejects.toThrow("enough");
  expect(grown).toBeLessThan(6);
});
