import { expect, it } from "vitest";

import { trainParameters } from "../src/parameters.ts";

it("has a default for every parameter", () => {
  expect(trainParameters.parse({})).toEqual({
    seed: 7,
    trees: 150,
    testShare: 0.25,
    maxFeatures: 5,
    maxDepth: 10,
    minSamples: 2,
  });
});

it.each([
  ["a fraction of a tree", { trees: 1.5 }],
  ["no tree", { trees: 0 }],
  ["nothing held out", { testShare: 0 }],
  ["more features than there are", { maxFeatures: 10 }],
  ["an unknown name", { tree: 100 }],
])("refuses %s", (_case, parameters) => {
  expect(trainParameters.safeParse(parameters).success).toBe(false);
});
