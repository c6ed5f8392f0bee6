import { expect, it } from "vitest";

import { encode, featureNames, fitEncoder } from "../src/encoder.ts";
import { createPenguin } from "./create-penguin.ts";

const training = [
  createPenguin({ bill_length_mm: 30, island: "Dream" }),
  createPenguin({ bill_length_mm: 40, island: "Biscoe" }),
  createPenguin({ bill_length_mm: 44, island: "Biscoe", sex: "FEMALE" }),
  createPenguin({ bill_length_mm: 100, island: undefined }),
  createPenguin({ bill_length_mm: undefined, island: "Torgersen" }),
];

it("learns the median and the most frequent word of what is there", () => {
  const { medians, modes, levels } = fitEncoder(training);

  expect(medians.bill_length_mm).toBe(42);
  expect(modes).toEqual({ island: "Biscoe", sex: "MALE" });
  expect(levels.island).toEqual(["Biscoe", "Dream", "Torgersen"]);
});

it("fills the gaps of a new penguin from the training rows", () => {
  const encoder = fitEncoder(training);
  const gaps = createPenguin({ bill_length_mm: undefined, island: undefined, sex: undefined });
  const filled = createPenguin({ bill_length_mm: 42, island: "Biscoe", sex: "MALE" });

  expect(encode(encoder, gaps)).toEqual(encode(encoder, filled));
});

it("gives a word that it never saw as zeros", () => {
  const encoder = fitEncoder(training);

  const row = encode(encoder, createPenguin({ island: "Anvers" }));

  expect(row).toEqual([39, 18, 190, 3700, 0, 0, 0, 0, 1]);
});

it("names each feature", () => {
  expect(featureNames(fitEncoder(training))).toEqual([
    "bill_length_mm",
    "bill_depth_mm",
    "flipper_length_mm",
    "body_mass_g",
    "island=Biscoe",
    "island=Dream",
    "island=Torgersen",
    "sex=FEMALE",
    "sex=MALE",
  ]);
});

it("does not learn from a column that is empty", () => {
  expect(() => fitEncoder([createPenguin({ body_mass_g: undefined })])).toThrow("no value");
  expect(() => fitEncoder([createPenguin({ sex: undefined })])).toThrow("no value");
});
