import { ConfusionMatrix } from "ml-confusion-matrix";

import { speciesNames } from "./penguin.ts";
import type { Species } from "./penguin.ts";

export interface Evaluation {
  /** Share of the penguins whose species was told right, 0 to 1. */
  readonly accuracy: number;
  /** Mean over the species of F1, 0 to 1; a rare species counts like a common one. */
  readonly macroF1: number;
  /** How many of a species (row) were taken for which (column), in the order of `speciesNames`. */
  readonly confusion: readonly (readonly number[])[];
  /** Share of a species that was found, in the order of `speciesNames`. */
  readonly recall: readonly number[];
  /** Share of those taken for a species that are it, in the order of `speciesNames`. */
  readonly precision: readonly number[];
}

export function evaluate(actual: readonly Species[], predicted: readonly Species[]): Evaluation {
  const matrix = ConfusionMatrix.fromLabels([...actual], [...predicted], {
    labels: [...speciesNames],
  });
  const scores = speciesNames.map((species) => orZero(matrix.getF1Score(species)));
  return {
    accuracy: orZero(matrix.getAccuracy()),
    macroF1: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    confusion: matrix.getMatrix(),
    recall: speciesNames.map((species) => orZero(matrix.getTruePositiveRate(species))),
    precision: speciesNames.map((species) => orZero(matrix.getPositivePredictiveValue(species))),
  };
}

/** A share of nothing (0 / 0) counts as 0, as in scikit-learn. */
function orZero(share: number): number {
  return Number.isNaN(share) ? 0 : share;
}
