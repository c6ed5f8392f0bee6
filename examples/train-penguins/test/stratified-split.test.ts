import { expect, it } from "vitest";

import { speciesNames } from "../src/penguin.ts";
import { createRandom } from "../src/random.ts";
import { stratifiedSplit } from "../src/stratified-split.ts";
import { palmerPenguins } from "./palmer-penguins.ts";

it("puts every penguin in one of the parts", () => {
  const { training, test } = stratifiedSplit(palmerPenguins, 0.25, createRandom(1));

  expect(new Set([...training, ...test])).toEqual(new Set(palmerPenguins));
  expect(training.length + test.length).toBe(palmerPenguins.length);
});

it("holds out the same share of each species", () => {
  const { test } = stratifiedSplit(palmerPenguins, 0.25, createRandom(1));

  const held = speciesNames.map((name) => test.filter(({ species }) => species === name).length);
  expect(held).toEqual([38, 17, 31]);
});

it("depends on the seed alone", () => {
  const first = stratifiedSplit(palmerPenguins, 0.25, createRandom(1));

  expect(stratifiedSplit(palmerPenguins, 0.25, createRandom(1))).toEqual(first);
  expect(stratifiedSplit(palmerPenguins, 0.25, createRandom(2))).not.toEqual(first);
});
