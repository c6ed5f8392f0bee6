import type { Penguin } from "../src/penguin.ts";

/** A common penguin, but for what is given. */
export function createPenguin(given: Partial<Penguin> = {}): Penguin {
  return {
    species: "Adelie",
    island: "Dream",
    bill_length_mm: 39,
    bill_depth_mm: 18,
    flipper_length_mm: 190,
    body_mass_g: 3700,
    sex: "MALE",
    ...given,
  };
}
