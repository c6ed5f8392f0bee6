import { namesOf, type Candidate } from "./candidate.ts";
import type { PackageFinding } from "./finding.ts";
import type { MissingPackage } from "./scan.ts";
import type { Sources } from "./sources.ts";
import { standingOf, type Standing, type StandingRules } from "./standing.ts";

/** All that was found, of all kinds, usable or not. */
export interface Survey {
  /** Nearest scope first, built-in ones last. */
  readonly types: readonly SurveyedType[];
  /** What is wrong with packages, and with entries that lead to no module. */
  readonly findings: readonly PackageFinding[];
  /** Listed packages that are not installed. */
  readonly missing: readonly MissingPackage[];
}

/** A type, and whether it can be used. */
export interface SurveyedType extends Standing {
  readonly candidate: Candidate;
  /** Aliases that lead to it: not those that others have too. */
  readonly aliases: readonly string[];
}

/** Everything that the sources hold. Core's own packages count once, however many list them. */
export function survey(
  { builtIns, scan }: Sources,
  rules: Omit<StandingRules, "foreign" | "reserved">,
): Survey {
  const reserved = builtIns.all();
  const own = new Set(reserved.map(({ packageName }) => packageName));
  const { candidates, findings, missing } = scan();
  const foreign = candidates.filter(({ packageName }) => !own.has(packageName));
  const all = { ...rules, foreign, reserved };
  const types = [...foreign, ...reserved].map((candidate) => ({
    candidate,
    ...standingOf(candidate, candidate.type, all),
    aliases: namesOf(candidate)
      .slice(1)
      .filter((alias) => isUsable(standingOf(candidate, alias, all))),
  }));
  return { types, findings, missing };
}

function isUsable({ state }: Standing): boolean {
  return state === "ready" || state === "deprecated";
}
