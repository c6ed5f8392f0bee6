import { predictSpecies } from "./model.ts";
import type { Model } from "./model.ts";
import { categories, measures } from "./penguin.ts";
import type { Category, Measure, Penguin } from "./penguin.ts";
import type { Random } from "./random.ts";
import { shuffle } from "./shuffle.ts";

export interface Importance {
  readonly column: Measure | Category;
  /** How much accuracy falls, on average, when the column's values are dealt out anew. */
  readonly drop: number;
}

const repeats = 10;

/** Permutation importance of each column on the penguins given, the most important first. */
export function rankColumns(
  model: Model,
  penguins: readonly Penguin[],
  random: Random,
): readonly Importance[] {
  const whole = accuracyOn(model, penguins);
  const importances = [...measures, ...categories].map((column) => {
    const dealt = Array.from({ length: repeats }, () =>
      accuracyOn(model, dealAnew(penguins, column, random)),
    );
    return { column, drop: whole - dealt.reduce((sum, accuracy) => sum + accuracy, 0) / repeats };
  });
  return importances.toSorted((a, b) => b.drop - a.drop);
}

function dealAnew(
  penguins: readonly Penguin[],
  column: Measure | Category,
  random: Random,
): readonly Penguin[] {
  const values = shuffle(penguins, random);
  return penguins.map((penguin, index) => ({ ...penguin, [column]: values[index]?.[column] }));
}

function accuracyOn(model: Model, penguins: readonly Penguin[]): number {
  const predicted = predictSpecies(model, penguins);
  return (
    penguins.filter((penguin, index) => penguin.species === predicted[index]).length /
    penguins.length
  );
}
