import { refusedByAllowList } from "./allow-list.ts";
import { ambiguous, distinctCandidates } from "./ambiguous.ts";
import { builtIns, namesOf, type BuiltIns } from "./built-ins.ts";
import type { Candidate } from "./candidate.ts";
import { fileCandidate, isFileType } from "./file-type.ts";
import type { Finding } from "./finding.ts";
import { splitQualified } from "./manifest.ts";
import { notFound, qualifiedNotFound, type Query } from "./not-found.ts";
import { findQualified } from "./qualified.ts";
import { scanScopes, type Scan } from "./scan.ts";
import { scopesOf, type Scope } from "./scopes.ts";
import type { ServiceKind } from "./service-kind.ts";

/** Versions of the plugin contract that this core speaks. */
export const supportedApis: readonly number[] = [1];

/** What a type is, or why there is no answer. */
export type Found = { readonly candidate: Candidate } | { readonly finding: Finding };

/** Finds types by reading package.json files; nothing is imported. */
export interface Discovery {
  /**
   * The one module that provides a type: `name`, `"@acme/pkg:name"`, or `./file.ts` relative to the project directory.
   * What is wrong with a package, or with the question, is a finding.
   */
  readonly find: (kind: ServiceKind, type: string) => Found;
  /** Every type of a kind, nearest scope first, built-in ones last, and what is wrong with manifests. */
  readonly listTypes: (kind: ServiceKind) => {
    readonly types: readonly Candidate[];
    readonly findings: readonly Finding[];
  };
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
        refusedApi(found.candidate) ?? refusedByAllowList(found.candidate, options.allow);
      return refused ? { finding: refused } : found;
    },
    listTypes: (kind) => ({
      types: allCandidates(sources).filter((item) => item.kind === kind),
      findings: sources.scan().findings,
    }),
  };
}

interface Sources {
  readonly builtIns: BuiltIns;
  readonly scopes: () => readonly Scope[];
  readonly scan: () => Scan;
}

function lazySources(options: DiscoveryOptions): Sources {
  let scopes: readonly Scope[] | undefined;
  let scan: Scan | undefined;
  const once = () => (scopes ??= scopesOf(options));
  return { builtIns: builtIns(), scopes: once, scan: () => (scan ??= scanScopes(once())) };
}

function findType(query: Query, sources: Sources): Found {
  if (isFileType(query.type)) return fileCandidate(query);
  const builtIn = sources.builtIns.find(query.kind, query.type);
  if (builtIn) return { candidate: builtIn };
  return splitQualified(query.type) ? byFullName(query, sources) : byShortName(query, sources);
}

function byFullName(query: Query, sources: Sources): Found {
  const names = splitQualified(query.type) ?? { packageName: "", name: query.type };
  const builtIn = sources.builtIns.find(query.kind, names.name);
  if (builtIn?.packageName === names.packageName) return { candidate: builtIn };
  const found = findQualified(sources.scopes(), { kind: query.kind, ...names });
  return "candidate" in found ? found : { finding: qualifiedNotFound(query, names, found) };
}

function byShortName(query: Query, sources: Sources): Found {
  const { candidates } = sources.scan();
  const matches = candidates.filter(
    (item) => item.kind === query.kind && namesOf(item).includes(query.type),
  );
  const [first, ...others] = distinctCandidates(matches);
  if (!first) return { finding: notFound(query, sources.scan(), allCandidates(sources)) };
  if (others.length > 0) return { finding: ambiguous(query.type, [first, ...others]) };
  return { candidate: first };
}

function allCandidates({ builtIns: brought, scan }: Sources): readonly Candidate[] {
  return [...scan().candidates, ...brought.all()];
}

function refusedApi(candidate: Candidate): Finding | undefined {
  const { packageName, version, api } = candidate.provider;
  if (api.some((number) => supportedApis.includes(number))) return undefined;
  return {
    code: "PLUGIN_API_UNSUPPORTED",
    message: `${packageName} ${version} speaks plugin api ${api.join(", ")}; this runnable speaks ${supportedApis.join(", ")}`,
    hint: "Update @runnable/core, or use a version of the package that lists an api that both speak.",
  };
}
