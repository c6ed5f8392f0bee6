import { expect, it } from "vitest";

import { evaluate } from "../src/evaluate.ts";

it("counts who was taken for whom", () => {
  const actual = ["Adelie", "Adelie", "Adelie", "Chinstrap", "Gentoo"] as const;
  const predicted = ["Adelie", "Adelie", "Chinstrap", "Chinstrap", "Gentoo"] as const;

  const evaluation = evaluate(actual, predicted);

  expect(evaluation.confusion).toEqual([
    [2, 1, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  expect(evaluation.accuracy).toBe(0.8);
  expect(evaluation.recall).toEqual([2 / 3, 1, 1]);
  expect(evaluation.precision).toEqual([1, 1 / 2, 1]);
  expect(evaluation.macroF1).toBeCloseTo((4 / 5 + 2 / 3 + 1) / 3);
});

it("counts a species that never came up as 0, not as NaN", () => {
  const { macroF1, recall, precision } = evaluate(["Adelie"], ["Adelie"]);

  expect(macroF1).toBeCloseTo(1 / 3);
  expect(recall).toEqual([1, 0, 0]);
  expect(precision).toEqual([1, 0, 0]);
});
