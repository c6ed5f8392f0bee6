import { expect, it } from "vitest";

import { growForest, predictClasses } from "../src/forest.ts";
import { createRandom } from "../src/random.ts";

const rows = Array.from({ length: 60 }, (_row, index) => [index, index % 7, index % 3]);
const labels = rows.map((_row, index) => Math.floor(index / 20));
const options = { trees: 15, maxFeatures: 2, maxDepth: 5, minSamples: 1 };

it("grows one tree a step, on as many features as allowed", () => {
  const forest = [...growForest({ rows, labels }, options, createRandom(1))];

  expect(forest).toHaveLength(15);
  for (const { features } of forest) expect(new Set(features).size).toBe(2);
});

it("tells classes apart that the features part", () => {
  const forest = [...growForest({ rows, labels }, options, createRandom(1))];

  expect(
    predictClasses(forest, [
      [3, 3, 0],
      [30, 2, 0],
      [55, 6, 1],
    ]),
  ).toEqual([0, 1, 2]);
});
