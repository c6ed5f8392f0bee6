import type { Candidate } from "./candidate.ts";
import { fullNameOf, namesOf } from "./candidate.ts";

/** What a short name stands for. */
export interface ShortName {
  /** Of each package that provides it the nearest. */
  readonly nearest: readonly Candidate[];
  /** Those that really differ: re-exports that lead to one module with the same settings are one. */
  readonly distinct: readonly Candidate[];
  /** The one, alone or named by `plugins.resolve`. */
  readonly chosen: Candidate | undefined;
  /** What `plugins.resolve` says of the name, where several provide it. */
  readonly settledBy: string | undefined;
}

/** What a short name stands for, among all that provide it. */
export function shortName(
  type: string,
  matches: readonly Candidate[],
  resolve: Readonly<Record<string, string>>,
): ShortName {
  const nearest = firstOfEach(matches, ({ packageName }) => packageName);
  const distinct = firstOfEach(nearest, moduleIdentity);
  if (distinct.length <= 1) {
    return { nearest, distinct, chosen: distinct[0], settledBy: undefined };
  }
  const settledBy = Object.hasOwn(resolve, type) ? resolve[type] : undefined;
  const chosen = nearest.find((item) => isNamed(item, settledBy));
  return { nearest, distinct, chosen, settledBy };
}

/** Equal where two candidates are the same module with the same settings. */
export function moduleIdentity({ entry, defaults, locked }: Candidate): string {
  return JSON.stringify([entry, defaults, locked.map(({ key }) => key)]);
}

function isNamed(candidate: Candidate, written: string | undefined): boolean {
  return namesOf(candidate).some(
    (name) => fullNameOf({ packageName: candidate.packageName, type: name }) === written,
  );
}

function firstOfEach(
  candidates: readonly Candidate[],
  keyOf: (candidate: Candidate) => string,
): readonly Candidate[] {
  const first = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    if (!first.has(key)) first.set(key, candidate);
  }
  return [...first.values()];
}
