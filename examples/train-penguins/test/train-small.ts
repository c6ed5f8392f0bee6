import type { Model } from "../src/model.ts";
import type { Penguin } from "../src/penguin.ts";
import { createRandom } from "../src/random.ts";
import { trainModel } from "../src/train-model.ts";
import type { TrainOptions } from "../src/train-model.ts";

/** A model of a few trees. */
export function trainSmall(
  penguins: readonly Penguin[],
  given: Partial<TrainOptions> = {},
): Promise<Model> {
  return trainModel(penguins, {
    trees: 10,
    maxFeatures: 4,
    maxDepth: 10,
    minSamples: 2,
    random: createRandom(1),
    signal: new AbortController().signal,
    onTree: () => undefined,
    ...given,
  });
}
