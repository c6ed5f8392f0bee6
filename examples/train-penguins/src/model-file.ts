import { DecisionTreeClassifier } from "ml-cart";
import { z } from "zod";

import { featureNames } from "./encoder.ts";
import type { Model } from "./model.ts";
import { speciesNames } from "./penguin.ts";
import { treeNode } from "./tree-node.ts";

const words = z.array(z.string());

/** What `model.json` holds. Parsing drops what the library keeps in its trees for training only. */
const modelFile = z.object({
  format: z.literal("penguin-forest/1"),
  species: z.array(z.enum(speciesNames)),
  features: words,
  encoder: z.object({
    medians: z.object({
      bill_length_mm: z.number(),
      bill_depth_mm: z.number(),
      flipper_length_mm: z.number(),
      body_mass_g: z.number(),
    }),
    modes: z.object({ island: z.string(), sex: z.string() }),
    levels: z.object({ island: words, sex: words }),
  }),
  forest: z.array(z.object({ features: z.array(z.int().min(0)), root: treeNode })).min(1),
});

/** The text of `model.json`. */
export function writeModel({ species, encoder, forest }: Model): string {
  const trees = forest.map(({ features, tree }) => ({ features, root: tree.toJSON().root }));
  const features = featureNames(encoder);
  const file = { format: "penguin-forest/1", species, features, encoder, forest: trees };
  return JSON.stringify(modelFile.parse(JSON.parse(JSON.stringify(file))));
}

/** The model in the text of a `model.json`; it predicts what the written one did. */
export function readModel(json: string): Model {
  const { species, encoder, forest } = modelFile.parse(JSON.parse(json));
  const trees = forest.map(({ features, root }) => ({
    features,
    tree: DecisionTreeClassifier.load({ name: "DTClassifier", options: {}, root }),
  }));
  return { species, encoder, forest: trees };
}
