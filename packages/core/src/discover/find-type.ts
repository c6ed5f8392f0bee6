import { ambiguous } from "./ambiguous.ts";
import { exactName, fullNameOf, namesOf, type Candidate } from "./candidate.ts";
import { fileCandidate } from "./file-type.ts";
import type { Finding } from "./finding.ts";
import { isFileType } from "./is-file-type.ts";
import { listAll } from "./list-all.ts";
import { notFound } from "./not-found.ts";
import { splitQualified, type QualifiedName } from "./qualified-name.ts";
import { qualifiedNotFound } from "./qualified-not-found.ts";
import { findQualified } from "./qualified.ts";
import type { Query } from "./query.ts";
import { kindWords } from "./service-kind.ts";
import { shortName, type ShortName } from "./short-name.ts";
import type { Sources } from "./sources.ts";
import type { Rule } from "./trail.ts";

/** What a type is, or why there is no answer. */
export type Found = { readonly candidate: Candidate } | { readonly finding: Finding };

/** What is looked into. */
interface Places {
  readonly sources: Sources;
  /** `plugins.resolve`. */
  readonly resolve: Readonly<Record<string, string>>;
}

/** The one module that a type names. Whether it may be loaded is asked later. */
export function findType(query: Query, places: Places): Found {
  const { kind, type } = query;
  if (isFileType(type)) {
    decide(query, "file", "a path names a module of the project: no package is looked into");
    return fileCandidate(query);
  }
  const qualified = splitQualified(type);
  if (qualified) return byFullName(query, qualified, places);
  const builtIn = places.sources.builtIns.find(kind, type);
  if (builtIn) {
    decide(query, "built-in", `the name is reserved for ${fullNameOf(builtIn)}: no scan`);
    return { candidate: builtIn };
  }
  pass(query, "built-in", `no built-in ${kindWords[kind]} has this name`);
  return byShortName(query, places);
}

function byFullName(query: Query, names: QualifiedName, { sources }: Places): Found {
  const { packageName, name } = names;
  // Asked for our own packages alone: any other full name takes two files.
  const mayBeOurs = packageName.startsWith("@runnable/");
  const builtIn = mayBeOurs ? sources.builtIns.find(query.kind, name) : undefined;
  const found =
    builtIn?.packageName === packageName
      ? builtIn
      : findQualified(sources.scopes().scopes, { kind: query.kind, ...names });
  decide(query, "full-name", `only ${packageName} is asked for ${name}: no scan`);
  if (typeof found === "string") {
    return { finding: qualifiedNotFound(query, { ...names, missing: found, sources }) };
  }
  return "code" in found ? { finding: found } : { candidate: found };
}

function byShortName(query: Query, { sources, resolve }: Places): Found {
  const { candidates } = sources.scan();
  const matches = candidates.filter(
    (item) => item.kind === query.kind && namesOf(item).includes(query.type),
  );
  const name = shortName(query.type, matches, resolve);
  tell(query, matches, name);
  if (name.chosen) return { candidate: name.chosen };
  if (name.distinct.length > 0) return { finding: ambiguous(query, name) };
  return { finding: notFound(query, sources, listAll(sources).types) };
}

function tell(query: Query, matches: readonly Candidate[], name: ShortName): void {
  const { distinct, chosen, settledBy } = name;
  const names = matches.map((item) => exactName(item, query.projectDirectory)).join(", ");
  const providers = `${matches.length || "no"} ${matches.length === 1 ? "provider" : "providers"}`;
  const alone = distinct.length <= 1;
  const list = matches.length === 0 ? providers : `${providers}: ${names}`;
  if (alone && matches.length <= 1) {
    decide(query, "short-name", list);
    return;
  }
  pass(query, "short-name", list);
  if (alone) {
    decide(
      query,
      "same-module",
      "the nearest version of a package counts, equal re-exports are one",
    );
  } else if (settledBy === undefined) {
    decide(query, "plugins.resolve", `it says nothing of "${query.type}", and none is preferred`);
  } else {
    decide(query, "plugins.resolve", `${settledBy}${chosen ? "" : ", which is none of them"}`);
  }
}

function decide(query: Query, rule: Rule, text: string): void {
  query.trail?.({ step: "rule", rule, text, decides: true });
}

function pass(query: Query, rule: Rule, text: string): void {
  query.trail?.({ step: "rule", rule, text, decides: false });
}
