import type { JsonObject } from "@runnable/plugin";

import type { Deprecation, JobSideEntry } from "./manifest.ts";
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
  /** The package that holds the module: the same, but for re-exports. */
  readonly provider: {
    readonly packageName: string;
    readonly version: string;
    /** Real path. */
    readonly directory: string;
    /** Versions of the contract that it speaks. */
    readonly api: readonly number[];
  };
  /** Absolute path of the module. */
  readonly entry: string;
  /** Module that runs around the job over there; `entry` is absolute. */
  readonly jobSide?: JobSideEntry;
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
