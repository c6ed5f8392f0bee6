import type { Candidate } from "./candidate.ts";
import type { Finding } from "./finding.ts";
import { kindCodes, kindWords } from "./service-kind.ts";

/**
 * Candidates for one short name that really differ: of a package the nearest scope counts, and re-exports that lead to the
 * same module with the same defaults are one.
 */
export function distinctCandidates(matches: readonly Candidate[]): readonly Candidate[] {
  const byPackage = new Map<string, Candidate>();
  for (const match of matches) {
    if (!byPackage.has(match.packageName)) byPackage.set(match.packageName, match);
  }
  const byModule = new Map<string, Candidate>();
  for (const match of byPackage.values()) {
    const identity = JSON.stringify([
      match.entry,
      match.defaults,
      match.locked.map(({ key }) => key),
    ]);
    if (!byModule.has(identity)) byModule.set(identity, match);
  }
  return [...byModule.values()];
}

/** Several packages provide one short name; none of them is preferred. */
export function ambiguous(type: string, candidates: readonly [Candidate, ...Candidate[]]): Finding {
  const { kind } = candidates[0];
  const names = candidates.map(
    (item) =>
      `  "${item.packageName}:${item.type}"  ${item.version}${item.summary ? `  ${item.summary}` : ""}`,
  );
  return {
    code: `${kindCodes[kind]}_AMBIGUOUS`,
    message: `the ${kindWords[kind]} "${type}" is provided by ${candidates.length} packages; nothing was loaded`,
    hint: [...names, "Write one of these names in full; keep the quotes, YAML reserves @."].join(
      "\n",
    ),
  };
}
