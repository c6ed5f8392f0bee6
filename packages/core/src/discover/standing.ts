import { refusedByAllowList } from "./allow-list.ts";
import { refusedByApi, type ApiSearch } from "./api-version.ts";
import { exactName, namesOf, type Candidate } from "./candidate.ts";
import type { Finding } from "./finding.ts";
import { refusedByEntry } from "./refused-entry.ts";
import { kindWords } from "./service-kind.ts";
import { moduleIdentity, shortName } from "./short-name.ts";

/** Whether a type can be used, and if not, why. */
export type TypeState =
  | "ready"
  | "deprecated"
  | "ambiguous"
  | "shadowed"
  | "reserved"
  | "not-allowed"
  | "unsupported"
  | "missing-file"
  | "broken";

/** What a name of a candidate is worth. */
export interface Standing {
  readonly state: TypeState;
  /** For all but `ready`. */
  readonly reason?: string;
}

/** What decides. */
export interface StandingRules extends ApiSearch {
  readonly allow: readonly string[] | undefined;
  readonly resolve: Readonly<Record<string, string>>;
  /** All that packages provide. */
  readonly foreign: readonly Candidate[];
  /** What core provides. */
  readonly reserved: readonly Candidate[];
}

const refusals: Readonly<Record<string, TypeState>> = {
  PLUGIN_API_UNSUPPORTED: "unsupported",
  PLUGIN_NOT_ALLOWED: "not-allowed",
  PLUGIN_ENTRY_MISSING: "missing-file",
};

/** What one of a candidate's names is worth. Nothing is imported: that a module throws shows later. */
export function standingOf(candidate: Candidate, name: string, rules: StandingRules): Standing {
  const refused =
    refusedByApi(candidate, rules) ??
    refusedByAllowList(candidate, rules.allow) ??
    refusedByEntry(candidate);
  if (refused) return { state: refusals[refused.code] ?? "broken", reason: whole(refused) };
  return (
    (candidate.scope === "built-in" ? undefined : besideOthers(candidate, name, rules)) ??
    deprecated(candidate) ?? { state: "ready" }
  );
}

function besideOthers(
  candidate: Candidate,
  name: string,
  rules: StandingRules,
): Standing | undefined {
  const { kind } = candidate;
  const exact = exactName(candidate, rules.projectDirectory);
  const isCalled = (item: Candidate) => item.kind === kind && namesOf(item).includes(name);
  if (rules.reserved.some(isCalled)) {
    const reason = `"${name}" is the built-in ${kindWords[kind]}; write "${exact}"`;
    return { state: "reserved", reason };
  }
  const matches = rules.foreign.filter(isCalled);
  const { nearest, distinct, chosen, settledBy } = shortName(name, matches, rules.resolve);
  if (!nearest.includes(candidate)) {
    return { state: "shadowed", reason: "a nearer package.json lists another version" };
  }
  if (!chosen) {
    const others = distinct.filter((item) => moduleIdentity(item) !== moduleIdentity(candidate));
    const names = others.map(({ packageName, directory }) => packageName || directory);
    return { state: "ambiguous", reason: `also in ${names.join(", ")}; write "${exact}"` };
  }
  if (moduleIdentity(chosen) === moduleIdentity(candidate)) return undefined;
  return {
    state: "shadowed",
    reason: `plugins.resolve says "${settledBy}"; write "${exact}"`,
  };
}

function deprecated({ deprecated: note }: Candidate): Standing | undefined {
  if (!note) return undefined;
  const { since, because, use } = note;
  const facts = [
    since === undefined ? undefined : `since ${since}`,
    because,
    use === undefined ? undefined : `use "${use}"`,
  ];
  return { state: "deprecated", reason: facts.filter((fact) => fact !== undefined).join("; ") };
}

function whole({ message, hint }: Finding): string {
  return hint === undefined ? message : `${message}. ${hint.split("\n").join(" ")}`;
}
