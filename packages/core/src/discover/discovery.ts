import { refusedByAllowList } from "./allow-list.ts";
import { ambiguous, distinctCandidates } from "./ambiguous.ts";
import { refusedByApi } from "./api-version.ts";
import { namesOf, type Candidate } from "./candidate.ts";
import { fileCandidate, isFileType } from "./file-type.ts";
import type { Finding } from "./finding.ts";
import { listAll, type Listing } from "./list-all.ts";
import { notFound } from "./not-found.ts";
import { splitQualified, type QualifiedName } from "./qualified-name.ts";
import { qualifiedNotFound } from "./qualified-not-found.ts";
import { findQualified } from "./qualified.ts";
import type { Query } from "./query.ts";
import type { ServiceKind } from "./service-kind.ts";
import { lazySources, type Sources } from "./sources.ts";

/** What a type is, or why there is no answer. */
export type Found = { readonly candidate: Candidate } | { readonly finding: Finding };

/** Finds types by reading package.json files; nothing is imported. */
export interface Discovery {
  /**
   * The one module that provides a type: `name`, `"@acme/pkg:name"`, or `./file.ts` relative to the project directory.
   * What is wrong with a package, or with the question, is a finding.
   */
  readonly find: (kind: ServiceKind, type: string) => Found;
  /** Every type of a kind, and what is wrong with the packages of all kinds. */
  readonly listTypes: (kind: ServiceKind) => Listing;
}

/** Where to look. */
export interface DiscoveryOptions {
  /** Absolute. */
  readonly projectDirectory: string;
  /** `plugins` of the configuration: package names, or paths relative to the project directory. */
  readonly packages: readonly string[];
  /** `plugins.allow`; `undefined` allows all. */
  readonly allow: readonly string[] | undefined;
}

/**
 * Discovery for a project: its own package.json, its direct dependencies, the workspace root's, the packages that the
 * configuration names, core's own. Built-in names are reserved and need no scan. One discovery reads a package at most once
 * and keeps nothing for the next.
 */
export function createDiscovery(options: DiscoveryOptions): Discovery {
  const sources = lazySources(options);
  return {
    find: (kind, type) => {
      const found = findType({ kind, type, projectDirectory: options.projectDirectory }, sources);
      if ("finding" in found) return found;
      const refused =
        refusedByApi(found.candidate) ?? refusedByAllowList(found.candidate, options.allow);
      return refused ? { finding: refused } : found;
    },
    listTypes: (kind) => {
      const { types, findings } = listAll(sources);
      return { types: types.filter((item) => item.kind === kind), findings };
    },
  };
}

function findType(query: Query, sources: Sources): Found {
  if (isFileType(query.type)) return fileCandidate(query);
  const builtIn = sources.builtIns.find(query.kind, query.type);
  if (builtIn) return { candidate: builtIn };
  const qualified = splitQualified(query.type);
  return qualified ? byFullName(query, qualified, sources) : byShortName(query, sources);
}

function byFullName(query: Query, names: QualifiedName, sources: Sources): Found {
  const builtIn = sources.builtIns.find(query.kind, names.name);
  if (builtIn?.packageName === names.packageName) return { candidate: builtIn };
  const found = findQualified(sources.scopes().scopes, { kind: query.kind, ...names });
  if (typeof found === "string") return { finding: qualifiedNotFound(query, names, found) };
  return "code" in found ? { finding: found } : { candidate: found };
}

function byShortName(query: Query, sources: Sources): Found {
  const { candidates } = sources.scan();
  const matches = candidates.filter(
    (item) => item.kind === query.kind && namesOf(item).includes(query.type),
  );
  const [first, ...others] = distinctCandidates(matches);
  if (!first) return { finding: notFound(query, sources.scan(), listAll(sources).types) };
  if (others.length > 0) return { finding: ambiguous(query.type, [first, ...others]) };
  return { candidate: first };
}
