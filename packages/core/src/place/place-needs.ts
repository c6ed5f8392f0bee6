import type { AnyRemoteDefinition, Need, PlaceContext, Placed } from "@runnable/plugin";

/** A need that the executor can't meet. */
export interface RefusedNeed {
  readonly need: Need;
  readonly refuse: string;
  readonly remedy: string;
}

/** Every need with its placement, or with its refusal. */
export interface PlacedNeeds {
  readonly placed: readonly Placed[];
  readonly refused: readonly RefusedNeed[];
}

/** Asks the executor about every need; all refusals are collected, so that the user sees them at once. */
export function placeNeeds(
  definition: Pick<AnyRemoteDefinition, "place" | "collectFiles">,
  needs: readonly Need[],
  ctx: PlaceContext<unknown>,
): PlacedNeeds {
  const placed: Placed[] = [];
  const refused: RefusedNeed[] = [];
  for (const need of needs) {
    const answer = definition.place(need, ctx);
    if ("refuse" in answer) {
      refused.push({ need, ...answer });
      continue;
    }
    const misfit = misfitOf(need, answer.at, definition);
    if (misfit) refused.push({ need, ...misfit });
    else placed.push({ need, placement: answer });
  }
  return { placed, refused };
}

/** A placement that can't carry its need: a fault of the executor, or a catalog that has no way back. */
function misfitOf(
  need: Need,
  at: Placed["placement"]["at"],
  definition: Pick<AnyRemoteDefinition, "collectFiles">,
): Omit<RefusedNeed, "need"> | undefined {
  const values = need.kind === "values";
  if (!values && (at === "stdin" || at === "environment")) {
    return {
      refuse: `the executor places a ${need.kind} need at ${at}`,
      remedy: "Report it to the executor's authors.",
    };
  }
  if (need.kind === "files" && at !== "path") {
    return {
      refuse: "the executor has no directory for the payload",
      remedy: "Report it to the executor's authors.",
    };
  }
  if (
    need.role === "catalog" &&
    need.access === "write" &&
    at === "relay" &&
    !definition.collectFiles
  ) {
    return {
      refuse: "the executor has no way back for catalog files",
      remedy: "Use a catalog that the platform reaches, or remove `catalog.put` from the job.",
    };
  }
  return undefined;
}
