import { setImmediate as nextTurn } from "node:timers/promises";

import { encode, fitEncoder } from "./encoder.ts";
import { growForest } from "./forest.ts";
import type { ForestOptions, ForestTree } from "./forest.ts";
import type { Model } from "./model.ts";
import { speciesNames } from "./penguin.ts";
import type { Penguin } from "./penguin.ts";
import type { Random } from "./random.ts";

export interface TrainOptions extends ForestOptions {
  readonly random: Random;
  /** Stops the training between two trees. */
  readonly signal: AbortSignal;
  /** Called after each tree with the number of trees so far. */
  readonly onTree: (grown: number) => void;
}

/** A model of the penguins given; rejects with the signal's reason when it is aborted. */
export async function trainModel(
  training: readonly Penguin[],
  options: TrainOptions,
): Promise<Model> {
  const { random, signal, onTree } = options;
  const encoder = fitEncoder(training);
  const rows = training.map((penguin) => encode(encoder, penguin));
  const labels = training.map((penguin) => speciesNames.indexOf(penguin.species));

  const forest: ForestTree[] = [];
  for (const tree of growForest({ rows, labels }, options, random)) {
    forest.push(tree);
    onTree(forest.length);
    // Growing trees never waits for anything: without a pause no signal arrives before the end.
    await nextTurn();
    signal.throwIfAborted();
  }
  return { species: speciesNames, encoder, forest };
}
