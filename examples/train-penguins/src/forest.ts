import { DecisionTreeClassifier } from "ml-cart";

import { pickIndex } from "./random.ts";
import type { Random } from "./random.ts";
import { shuffle } from "./shuffle.ts";

/** Training rows as numbers, with the class of each. */
export interface Samples {
  readonly rows: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

export interface ForestOptions {
  readonly trees: number;
  readonly maxFeatures: number;
  readonly maxDepth: number;
  readonly minSamples: number;
}

/** A tree and the features that it looks at, by index. */
export interface ForestTree {
  readonly features: readonly number[];
  readonly tree: DecisionTreeClassifier;
}

export type Forest = readonly ForestTree[];

/** Grows one tree at each step: random rows with replacement, random features without. */
export function* growForest(
  samples: Samples,
  options: ForestOptions,
  random: Random,
): Generator<ForestTree, void> {
  for (let grown = 0; grown < options.trees; grown++) {
    yield growTree(drawRows(samples, random), options, random);
  }
}

/** The class of each row that most trees vote for; the lowest one where votes are equal. */
export function predictClasses(forest: Forest, rows: Samples["rows"]): readonly number[] {
  const votes = forest.map(({ features, tree }) => tree.predict(selectFeatures(rows, features)));
  return rows.map((_row, index) => mostVoted(votes.map((vote) => vote[index] ?? 0)));
}

function growTree(drawn: Samples, options: ForestOptions, random: Random): ForestTree {
  const all = [...(drawn.rows[0] ?? []).keys()];
  const features = shuffle(all, random).slice(0, options.maxFeatures);
  const tree = new DecisionTreeClassifier({
    maxDepth: options.maxDepth,
    minNumSamples: options.minSamples,
    // ml-cart cuts trees short by default; the trees of a forest grow to their end.
    gainThreshold: 0,
  });
  tree.train(selectFeatures(drawn.rows, features), drawn.labels);
  return { features, tree };
}

function drawRows({ rows, labels }: Samples, random: Random): Samples {
  const drawn = rows.map(() => pickIndex(random, rows.length));
  return {
    rows: drawn.map((index) => rows[index] ?? []),
    labels: drawn.map((index) => labels[index] ?? 0),
  };
}

function selectFeatures(rows: Samples["rows"], features: readonly number[]): number[][] {
  return rows.map((row) => features.map((feature) => row[feature] ?? 0));
}

function mostVoted(votes: readonly number[]): number {
  const counts: number[] = [];
  for (const vote of votes) counts[vote] = (counts[vote] ?? 0) + 1;
  return counts.reduce((best, count, index) => (count > (counts[best] ?? 0) ? index : best), 0);
}
