import { expect, it } from "vitest";

import { createRandom, pickIndex } from "../src/random.ts";
import { shuffle } from "../src/shuffle.ts";

it("repeats itself for the same seed and differs for another", () => {
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

it("spreads evenly", () => {
  const random = createRandom(1);
  const counts = [0, 0, 0, 0];

  for (let drawn = 0; drawn < 10_000; drawn++) counts[pickIndex(random, 4)]! += 1;

  for (const count of counts) expect(count).toBeGreaterThan(2300);
});

it("shuffles without losing an item or changing its input", () => {
  const items = [1, 2, 3, 4, 5, 6, 7, 8];

  const shuffled = shuffle(items, createRandom(3));

  expect(shuffled).not.toEqual(items);
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
  expect(items).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

function draw(seed: number): readonly number[] {
  return Array.from({ length: 5 }, createRandom(seed));
}
