import { supportedApis } from "./api-version.ts";
import type { Candidate } from "./candidate.ts";
import { findType, type Found } from "./find-type.ts";
import { listAll, type Listing } from "./list-all.ts";
import { readingOnce, readIfThere } from "./read-file.ts";
import { refusedByRules } from "./refused-by-rules.ts";
import type { ServiceKind } from "./service-kind.ts";
import { lazySources } from "./sources.ts";
import { survey, type Survey } from "./survey.ts";
import type { Trail } from "./trail.ts";

export type { Found } from "./find-type.ts";

/** Finds types by reading package.json files; nothing is imported. */
export interface Discovery {
  /**
   * The one module that provides a type: `name`, `"@acme/pkg:name"`, or `./file.ts` relative to the project directory.
   * What is wrong with a package, or with the question, is a finding.
   */
  readonly find: (kind: ServiceKind, type: string) => Found;
  /** Every type of a kind, and what is wrong with the packages of all kinds. */
  readonly listTypes: (kind: ServiceKind) => Listing;
  /** Every type of all kinds, usable or not, and what is missing. */
  readonly survey: () => Survey;
}

/** Where to look, and what holds there. */
export interface DiscoveryOptions {
  /** Absolute. */
  readonly projectDirectory: string;
  /** `plugins` of the configuration: package names, or paths relative to the project directory. */
  readonly packages: readonly string[];
  /** `plugins.allow`; `undefined` allows all. */
  readonly allow: readonly string[] | undefined;
  /** `plugins.resolve`: full names by short names that several packages provide. Default none. */
  readonly resolve?: Readonly<Record<string, string>>;
  /** Versions of the contract that are spoken. Default {@link supportedApis}. */
  readonly apis?: readonly number[];
  /** Is told each step. */
  readonly trail?: Trail;
}

/**
 * Discovery for a project: its own package.json, its direct dependencies, the workspace root's, the packages that the
 * configuration names, core's own. Built-in names are reserved and need no scan. One discovery reads a package at most once
 * and keeps nothing for the next.
 */
export function createDiscovery(options: DiscoveryOptions): Discovery {
  const { projectDirectory, packages, allow, resolve = {}, apis = supportedApis, trail } = options;
  const read = trail
    ? readingOnce((file, bytes) => trail({ step: "read", file, bytes }))
    : readIfThere;
  const sources = lazySources({ projectDirectory, packages, read });
  const rules = { projectDirectory, allow, supported: apis, resolve };
  return {
    find: (kind, type) => {
      const found = findType({ kind, type, projectDirectory, trail }, { sources, resolve });
      if ("finding" in found) return found;
      const refused = refusedByRules(found.candidate, { ...rules, trail });
      return refused ? { finding: refused } : found;
    },
    listTypes: (kind) => {
      const { types, findings } = listAll(sources);
      return { types: types.filter((item: Candidate) => item.kind === kind), findings };
    },
    survey: () => survey(sources, rules),
  };
}
