import path from "node:path";

import type { JsonObject } from "@runnable/plugin";

import { isFileType } from "./is-file-type.ts";
import type { Deprecation } from "./manifest.ts";
import type { ServiceKind } from "./service-kind.ts";

/** Where a type was found; nearer ones first. */
export type ScopeName = "project" | "dependency" | "workspace" | "config" | "built-in";

/** A module that says it provides a type. Nothing of it has been imported. */
export interface Candidate {
  readonly kind: ServiceKind;
  /** Its own name, also where an alias was asked for. */
  readonly type: string;
  readonly aliases: readonly string[];
  readonly scope: ScopeName;
  /** The package that names the type. */
  readonly packageName: string;
  readonly version: string;
  /** Its real path. */
  readonly directory: string;
  /** The package that holds the module: the same, but for re-exports. */
  readonly provider: {
    readonly packageName: string;
    readonly version: string;
    /** Real path. */
    readonly directory: string;
    /** Versions of the contract that it speaks. */
    readonly api: readonly number[];
    /** The range that its `peerDependencies` gives for `@runnable/plugin`. */
    readonly contract?: string;
  };
  /** Absolute path of the module. */
  readonly entry: string;
  /** Module that runs around the job over there, absolute, and the keys of the executor's config that it may see. */
  readonly jobSide?: { readonly entry: string; readonly config: readonly string[] };
  /** Absolute path of the JSON Schema of its config. */
  readonly schema?: string;
  /** What the manifest says; code may differ. */
  readonly declaredKind?: "direct" | "remote";
  readonly summary?: string;
  readonly deprecated?: Deprecation;
  /** Of re-exports, the outermost's winning. */
  readonly defaults: JsonObject;
  /** Config keys that a re-export forbids to set, `a.b` for a nested one, each with the package that does. */
  readonly locked: readonly { readonly key: string; readonly by: string }[];
  /** `package:type` that a re-export leads to, from the outermost; empty for others. */
  readonly via: readonly string[];
}

/** A type's name and its aliases. */
export function namesOf(candidate: Candidate): readonly string[] {
  return [candidate.type, ...candidate.aliases];
}

/** `@acme/pkg:name`. */
export function fullNameOf({ packageName, type }: Pick<Candidate, "packageName" | "type">): string {
  return `${packageName}:${type}`;
}

/** A name that means this candidate and no other: the full one, or the module's path where that is all there is. */
export function exactName(candidate: Candidate, projectDirectory: string): string {
  if (isFileType(candidate.type)) return candidate.type;
  if (candidate.packageName !== "") return fullNameOf(candidate);
  const relative = path.relative(projectDirectory, candidate.entry);
  return relative.startsWith("..") ? relative : `./${relative}`;
}
