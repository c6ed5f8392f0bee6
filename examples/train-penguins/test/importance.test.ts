import { expect, it } from "vitest";

import { rankColumns } from "../src/importance.ts";
import { createRandom } from "../src/random.ts";
import { createPenguin } from "./create-penguin.ts";
import { trainSmall } from "./train-small.ts";

it("puts the column first that decides, and gives nothing to the others", async () => {
  const penguins = Array.from({ length: 60 }, (_penguin, index) =>
    index % 2 === 0
      ? createPenguin({ species: "Adelie", body_mass_g: 3000 + index })
      : createPenguin({ species: "Gentoo", body_mass_g: 5000 + index }),
  );
  const model = await trainSmall(penguins, { maxFeatures: 8 });

  const [first, ...others] = rankColumns(model, penguins, createRandom(1));

  expect(first?.column).toBe("body_mass_g");
  expect(first?.drop).toBeGreaterThan(0.3);
  expect(others.map(({ drop }) => drop)).toEqual([0, 0, 0, 0, 0]);
});
