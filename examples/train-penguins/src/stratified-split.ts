import { speciesNames } from "./penguin.ts";
import type { Penguin } from "./penguin.ts";
import type { Random } from "./random.ts";
import { shuffle } from "./shuffle.ts";

export interface Split {
  readonly training: readonly Penguin[];
  readonly test: readonly Penguin[];
}

/** Holds out the same share of each species, so that rare ones are in both parts. */
export function stratifiedSplit(
  penguins: readonly Penguin[],
  testShare: number,
  random: Random,
): Split {
  const parts = speciesNames.map((species) => {
    const shuffled = shuffle(
      penguins.filter((penguin) => penguin.species === species),
      random,
    );
    const held = Math.round(shuffled.length * testShare);
    return { training: shuffled.slice(held), test: shuffled.slice(0, held) };
  });

  return {
    training: parts.flatMap((part) => part.training),
    test: parts.flatMap((part) => part.test),
  };
}
