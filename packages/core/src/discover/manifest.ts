import type { JsonObject } from "@runnable/plugin";

import type { PackageFinding } from "./finding.ts";
import type { ServiceKind } from "./service-kind.ts";

/** Why and since when a type should not be used any more. */
export interface Deprecation {
  readonly since?: string;
  readonly use?: string;
  readonly because?: string;
}

/** What every entry may say. */
export interface EntryNotes {
  readonly summary?: string;
  readonly aliases: readonly string[];
  readonly deprecated?: Deprecation;
}

/** A type whose module is in the package. Paths are relative to it. */
export interface ModuleEntry extends EntryNotes {
  readonly entry: string;
  /** Used in place of `entry` where the package is linked: its real path is outside `node_modules`. */
  readonly source?: string;
  /** JSON Schema file of the config. */
  readonly schema?: string;
  readonly kind?: "direct" | "remote";
  readonly jobSide?: JobSideEntry;
}

/** Module that runs around the job over there (written as its path, or `{ entry, source, config }`). */
export interface JobSideEntry {
  readonly entry: string;
  /** Used in place of `entry` where the package is linked. */
  readonly source?: string;
  /** Keys of the executor's config that it may see. */
  readonly config: readonly string[];
}

/** A type of another package under a name of this one. */
export interface RedirectEntry extends EntryNotes {
  /** `@acme/platform:hpc`, as seen from this package. */
  readonly from: string;
  readonly defaults: JsonObject;
  /** Keys of the config, `a.b` for a nested one, that users may not set. */
  readonly locked: readonly string[];
}

/** The checked `runnable` field of a package.json. */
export interface Manifest {
  /** Versions of the contract that the package speaks. */
  readonly api: readonly number[];
  readonly entries: Readonly<Record<ServiceKind, ReadonlyMap<string, ModuleEntry | RedirectEntry>>>;
  /** What is wrong in it; the other entries hold. */
  readonly findings: readonly PackageFinding[];
}
