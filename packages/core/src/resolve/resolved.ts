import type {
  AnyDirectDefinition,
  AnyRemoteDefinition,
  Catalog,
  JsonObject,
  RunLog,
  Secrets,
  StoreDefinition,
  Schema,
} from "@runnable/plugin";

import type { ConfigProblem, Section } from "../configure/config.ts";

/** Who provides a type: recorded with the run. */
export interface Provider {
  /** For example `local` or `my-platform`. */
  readonly type: string;
  readonly package: string;
  readonly version: string;
  /** The lockfile's integrity of the package, when it has one. */
  readonly integrity?: string;
  /** Absolute path of the module that was imported; of an object made in code that of the configuration, of package.json or of the program; empty for a type of a plugin handed over in code. */
  readonly entry: string;
  /** `sha256:<hex>` of the entry, else of the one file that the program is; empty if there is neither. */
  readonly digest: string;
  /** Module that runs around the job over there (absolute), and the keys of the executor's config that it may see. */
  readonly jobSide?: { readonly entry: string; readonly config: readonly string[] };
}

/** The executor of a run, its config validated. */
export type ResolvedExecutor = {
  readonly provider: Provider;
  readonly section: Section;
  /** Validated. */
  readonly config: unknown;
} & (
  | { readonly kind: "direct"; readonly definition: AnyDirectDefinition }
  | { readonly kind: "remote"; readonly definition: AnyRemoteDefinition }
);

/** A store of a run, its config validated; not opened. */
export interface ResolvedStore<T> {
  readonly provider: Provider;
  readonly section: Section;
  readonly config: unknown;
  readonly definition: StoreDefinition<Schema, T>;
  /** True for the stores of core itself, which are part of the prebuilt job side. */
  readonly embedded: boolean;
}

/** Everything that a config names. */
export interface Services {
  readonly executor: ResolvedExecutor;
  readonly runLog: ResolvedStore<RunLog>;
  readonly catalog: ResolvedStore<Catalog>;
  readonly secrets: ResolvedStore<Secrets>;
}

/** Either all services, or every problem found (the config's included). */
export type Resolution =
  | { readonly services: Services; readonly warnings: readonly ConfigProblem[] }
  | { readonly services: undefined; readonly problems: readonly ConfigProblem[] };

/** The four sections as recorded: secret literals replaced by a keyed digest. */
export type RecordedConfig = JsonObject;
