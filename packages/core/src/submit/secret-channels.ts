import type { Placed } from "@runnable/plugin";

import type { SecretChannel } from "../execute/submission.ts";

/** Where the job side finds each `values` need; names only. */
export function secretChannels(placed: readonly Placed[]): readonly SecretChannel[] {
  return placed.flatMap(({ need, placement }): readonly SecretChannel[] => {
    if (need.kind !== "values") return [];
    const { names } = need;
    if (placement.at === "path") return [{ at: "path", path: placement.path, names }];
    if (placement.at === "stdin") return [{ at: "stdin", names }];
    return placement.at === "environment" ? [{ at: "environment", names }] : [];
  });
}
