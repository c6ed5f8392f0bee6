import { expect, it } from "vitest";

import { closestName } from "../../src/jobs/closest-name.ts";

it.each([
  ["epoch", "epochs"],
  ["EPOCHS", "epochs"],
  ["epohcs", "epochs"],
  ["learningrate", "learningRate"],
  ["x", undefined],
  ["something", undefined],
])("takes %s for %s", (name, meant) => {
  expect(closestName(name, ["learningRate", "epochs", "seed"])).toBe(meant);
});
