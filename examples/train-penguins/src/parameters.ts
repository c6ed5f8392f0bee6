import { z } from "zod";

/** What `parameters.yaml`, the environment and `-p name=value` may set. */
export interface TrainParameters {
  /** Same seed, same split, same model. Default 7. */
  readonly seed: number;
  /** Trees in the forest, 1 to 2000. Default 150. */
  readonly trees: number;
  /** Share of each species that is held out for the test, 0.1 to 0.5. Default 0.25. */
  readonly testShare: number;
  /** Features that a tree may look at, 1 to 9. Default 5. */
  readonly maxFeatures: number;
  /** Questions from a tree's root to its leaf at most, 1 to 30. Default 10. */
  readonly maxDepth: number;
  /** A node of so few penguins is not split further, 1 to 50. Default 2. */
  readonly minSamples: number;
}

export const trainParameters: z.ZodType<TrainParameters> = z.strictObject({
  seed: z.int().min(0).default(7),
  trees: z.int().min(1).max(2000).default(150),
  testShare: z.number().min(0.1).max(0.5).default(0.25),
  maxFeatures: z.int().min(1).max(9).default(5),
  maxDepth: z.int().min(1).max(30).default(10),
  minSamples: z.int().min(1).max(50).default(2),
});
