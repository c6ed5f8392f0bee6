import { expect, it } from "vitest";

import { evaluate } from "../../src/evaluate.ts";
import type { Species } from "../../src/penguin.ts";
import { confusionPlot } from "../../src/plots/confusion-plot.ts";
import { importancePlot } from "../../src/plots/importance-plot.ts";

const actual: readonly Species[] = ["Adelie", "Adelie", "Adelie", "Chinstrap", "Gentoo"];
const predicted: readonly Species[] = ["Adelie", "Adelie", "Chinstrap", "Chinstrap", "Gentoo"];

it("shows counts, shares and scores of the confusion", () => {
  const texts = textsOf(confusionPlot(evaluate(actual, predicted)));

  expect(texts).toEqual(expect.arrayContaining(["2", "66.7 %", "1", "33.3 %", "0"]));
  expect(texts.filter((text) => text === "0")).toHaveLength(5);
  expect(texts.join(" ")).toContain("accuracy 80 %, macro F1 0.822");
});

it("draws a confusion matrix of nothing", () => {
  expect(textsOf(confusionPlot(evaluate([], []))).join(" ")).toContain("0 penguins");
});

it("shows columns in words, with the points that each is worth", () => {
  const plot = importancePlot([
    { column: "bill_length_mm", drop: 0.204 },
    { column: "sex", drop: -0.0001 },
    { column: "body_mass_g", drop: -0.012 },
  ]);

  expect(textsOf(plot).slice(2)).toEqual([
    "bill length",
    "20.4",
    "sex",
    "0.0",
    "body mass",
    "−1.2",
  ]);
  expect(plot).not.toContain('width="-');
});

it.each([
  ["confusion", confusionPlot(evaluate(actual, predicted))],
  ["importance", importancePlot([{ column: "sex", drop: 0.1 }])],
])("follows the reader's colour scheme in the plot of %s", (_name, plot) => {
  expect(plot).toContain("prefers-color-scheme: dark");
  expect(plot).toContain('xmlns="http://www.w3.org/2000/svg"');
});

function textsOf(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)</gu)].map(([, text]) => text ?? "");
}
