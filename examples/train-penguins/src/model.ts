import { encode } from "./encoder.ts";
import type { Encoder } from "./encoder.ts";
import { predictClasses } from "./forest.ts";
import type { Forest } from "./forest.ts";
import type { Species, Traits } from "./penguin.ts";

/** All that is needed to tell the species of a penguin. */
export interface Model {
  /** What the forest's classes stand for: class 0 is the first. */
  readonly species: readonly Species[];
  readonly encoder: Encoder;
  readonly forest: Forest;
}

/** The species of each penguin, from its traits alone; gaps are filled. */
export function predictSpecies(model: Model, penguins: readonly Traits[]): readonly Species[] {
  const rows = penguins.map((traits) => encode(model.encoder, traits));
  return predictClasses(model.forest, rows).map((label) => speciesOf(model, label));
}

function speciesOf({ species }: Model, label: number): Species {
  const name = species[label];
  if (name === undefined) throw new Error(`the forest voted for class ${label}, which has no name`);
  return name;
}
