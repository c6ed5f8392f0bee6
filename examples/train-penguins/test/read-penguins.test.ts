import { expect, it } from "vitest";

import { countGaps } from "../src/count-gaps.ts";
import { readPenguins } from "../src/read-penguins.ts";
import { palmerPenguins } from "./palmer-penguins.ts";

const header = "species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex";

it("reads every penguin of the data", () => {
  const species = Object.groupBy(palmerPenguins, (penguin) => penguin.species);

  expect(species.Adelie).toHaveLength(152);
  expect(species.Chinstrap).toHaveLength(68);
  expect(species.Gentoo).toHaveLength(124);
  expect(countGaps(palmerPenguins)).toBe(19);
});

it("gives an empty field as undefined, not as zero", () => {
  const [penguin] = readPenguins(`${header}\nGentoo,Biscoe,,14.2,,4850,\n`);

  expect(penguin).toEqual({
    species: "Gentoo",
    island: "Biscoe",
    bill_length_mm: undefined,
    bill_depth_mm: 14.2,
    flipper_length_mm: undefined,
    body_mass_g: 4850,
    sex: undefined,
  });
});

it.each([
  ["a species that is none of the three", "Emperor,Biscoe,48,14.2,210,4850,MALE", /species/u],
  ["a measure that is no number", "Gentoo,Biscoe,long,14.2,210,4850,MALE", /bill_length_mm/u],
  ["a measure below zero", "Gentoo,Biscoe,48,14.2,210,-1,MALE", /body_mass_g/u],
  ["a row that is too short", "Gentoo,Biscoe,48", /line 2/u],
])("refuses %s", (_case, row, reason) => {
  expect(() => readPenguins(`${header}\n${row}\n`)).toThrow(reason);
});
