import type { Executor, JsonObject, Store } from "@runnable/plugin";

/** A section as written: a type with its settings, or what a factory made. */
export type WrittenSection<Made> = Made | { readonly type: string; readonly config?: JsonObject };

/** What `runnable.config.ts` exports as default. The keys are those of `runnable-config.yaml`. */
export interface WrittenConfig {
  /** Path or paths of files to build upon: relative to this file, or `package/file.yaml`. */
  readonly $import?: string | readonly string[];
  readonly "job-executor"?: WrittenSection<Executor>;
  readonly "run-log-store"?: WrittenSection<Store<unknown, "run-log-store">>;
  readonly catalog?: WrittenSection<Store<unknown, "catalog">>;
  readonly secrets?: WrittenSection<Store<unknown, "secrets">>;
  /** Settings for `--executor <type>`, by type. */
  readonly "job-executors"?: { readonly [type: string]: { readonly config?: JsonObject } };
  /** Further packages to look into, and the only ones that may be loaded. */
  readonly plugins?:
    | readonly string[]
    | { readonly packages?: readonly string[]; readonly allow?: readonly string[] };
}

/** Gives the object back; editors then know its keys. */
export function defineConfig(config: WrittenConfig): WrittenConfig {
  return config;
}
