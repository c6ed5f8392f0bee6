import { expect, it } from "vitest";

import { readModel, writeModel } from "../src/model-file.ts";
import { predictSpecies } from "../src/model.ts";
import { createPenguin } from "./create-penguin.ts";
import { palmerPenguins } from "./palmer-penguins.ts";
import { trainSmall } from "./train-small.ts";

it("predicts after reading what it predicted before writing", async () => {
  const model = await trainSmall(palmerPenguins);
  const strange = createPenguin({ island: "Anvers", bill_length_mm: undefined, body_mass_g: 9000 });
  const penguins = [...palmerPenguins, strange];

  const read = readModel(writeModel(model));

  expect(predictSpecies(read, penguins)).toEqual(predictSpecies(model, penguins));
});

it("writes a model that was read just as it was", async () => {
  const text = writeModel(await trainSmall(palmerPenguins));

  expect(writeModel(readModel(text))).toBe(text);
});

it("names species and features", async () => {
  const file = JSON.parse(writeModel(await trainSmall(palmerPenguins)));

  expect(file).toMatchObject({
    format: "penguin-forest/1",
    species: ["Adelie", "Chinstrap", "Gentoo"],
    features: expect.arrayContaining(["bill_length_mm", "island=Dream", "sex=MALE"]),
  });
});

it.each([
  ["another format", { format: "penguin-forest/2" }, /format/u],
  ["no tree", { forest: [] }, /forest/u],
  ["a tree without a leaf", { forest: [{ features: [0], root: { splitColumn: 0 } }] }, /root/u],
])("refuses a file with %s", async (_case, change, reason) => {
  const file = JSON.parse(writeModel(await trainSmall(palmerPenguins, { trees: 1 })));

  expect(() => readModel(JSON.stringify({ ...file, ...change }))).toThrow(reason);
});
