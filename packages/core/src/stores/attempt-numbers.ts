import { join } from "node:path";

import { namesIn } from "../files/names-in.ts";
import { runPath } from "./fact-path.ts";

/** Numbers of a run's attempts that have a claim or an outcome, ascending. */
export async function attemptNumbers(folder: string, runId: string): Promise<readonly number[]> {
  const directory = join(folder, runPath(runId), "attempts");
  const names = (await namesIn(directory)).filter((name) => /^[1-9]\d*$/.test(name));
  const begun = await Promise.all(names.map((name) => hasBegun(join(directory, name))));
  return names
    .filter((_, position) => begun[position])
    .map(Number)
    .toSorted((a, b) => a - b);
}

async function hasBegun(directory: string): Promise<boolean> {
  const names = await namesIn(directory);
  return names.includes("claim.json") || names.includes("outcome.json");
}
