import { parse } from "csv-parse/sync";
import { z } from "zod";

import { speciesNames } from "./penguin.ts";
import type { Penguin } from "./penguin.ts";

const gap = z.literal("").transform(() => undefined);
const measure = z.union([gap, z.coerce.number().positive()]);
const category = z.union([gap, z.string()]);

const penguins = z.array(
  z.object({
    species: z.enum(speciesNames),
    island: category,
    bill_length_mm: measure,
    bill_depth_mm: measure,
    flipper_length_mm: measure,
    body_mass_g: measure,
    sex: category,
  }),
);

/** Penguins from the text of a CSV file with a header line; an empty field is a gap. */
export function readPenguins(csv: string): readonly Penguin[] {
  return penguins.parse(parse(csv, { columns: true, skip_empty_lines: true }));
}
