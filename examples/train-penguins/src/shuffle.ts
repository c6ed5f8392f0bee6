import { pickIndex } from "./random.ts";
import type { Random } from "./random.ts";

/** The same items in random order (Fisher and Yates); the input stays as it is. */
export function shuffle<T>(items: readonly T[], random: Random): readonly T[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(pickIndex(random, rest.length), 1));
}
