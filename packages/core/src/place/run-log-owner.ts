import type { Placed } from "@runnable/plugin";

import type { RunLogOwner } from "../execute/submission.ts";

/**
 * Who sets up and writes the run log. Never an executor's choice: any relay means that the submitter records what comes back;
 * a store that both sides see (`shared`, or claimed and to be proved: "verify") is set up here and proved there; anything else
 * exists only over there.
 */
export function runLogOwner(placements: readonly Placed[]): RunLogOwner {
  const runLog = placements.filter((placed) => placed.need.role === "run-log");
  if (runLog.some(({ placement }) => placement.at === "relay")) return "relay";
  return runLog.every(isShared) ? "submitter" : "job";
}

/** Whether both sides are said to see the same bytes. */
export function isShared({ placement }: Placed): boolean {
  return "shared" in placement && placement.shared !== false;
}
