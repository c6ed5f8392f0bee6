import { categories, measures } from "./penguin.ts";
import type { Traits } from "./penguin.ts";

/** How many values are missing. */
export function countGaps(penguins: readonly Traits[]): number {
  const columns = [...measures, ...categories];
  return penguins.flatMap((traits) => columns.filter((name) => traits[name] === undefined)).length;
}
