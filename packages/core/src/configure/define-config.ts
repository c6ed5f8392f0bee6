import type {
  Executor,
  RegisteredCatalogs,
  RegisteredExecutors,
  RegisteredRunLogStores,
  RegisteredSecrets,
  Store,
} from "@runnable/plugin";

import type bufferedRunLog from "../stores/buffered-run-log.ts";
import type doNothingCatalog from "../stores/do-nothing-catalog.ts";
import type doNothingSecrets from "../stores/do-nothing-secrets.ts";
import type dotenvSecrets from "../stores/dotenv-secrets.ts";
import type envSecrets from "../stores/env-secrets.ts";
import type fileSecrets from "../stores/file-secrets.ts";
import type fileSystemCatalog from "../stores/file-system-catalog.ts";
import type fileSystemRunLog from "../stores/file-system-run-log.ts";
import type { TypedSettings, TypeName } from "./typed-settings.ts";

// oxlint-disable-next-line unicorn/require-module-specifiers -- the types of the built-in executors are registered there
export type {} from "@runnable/local";

type Import = string | readonly string[];

/** A section as written: a type with its settings, or what a factory made. `I` is the file's `$import`. */
export type WrittenSection<Made, Registered, T, I = undefined> =
  // Without `type?: never` an editor takes the `config` of what was made, `unknown`, for the settings.
  | (Made & { readonly type?: never })
  | { readonly type: T; readonly config?: TypedSettings<Registered, T, I> };

/**
 * What `runnable.config.ts` exports as default. The keys are those of `runnable-config.yaml`. The parameters are the types that it
 * names, the keys of `job-executors`, and its `$import`.
 */
export interface WrittenConfig<
  E = string,
  R = string,
  C = string,
  S = string,
  X = Readonly<Record<string, unknown>>,
  I = Import | undefined,
> {
  /** Path or paths of files to build upon: relative to this file, or `package/file.yaml`. */
  readonly $import?: I & Import;
  /** Where the job runs. Default `local`. */
  readonly "job-executor"?: WrittenSection<Executor, RegisteredExecutors, E, I>;
  /** Where records are kept. Default `file-system`. */
  readonly "run-log-store"?: WrittenSection<
    Store<unknown, "run-log-store">,
    RegisteredRunLogStores,
    R,
    I
  >;
  /** Where files are kept. Default `file-system`. */
  readonly catalog?: WrittenSection<Store<unknown, "catalog">, RegisteredCatalogs, C, I>;
  /** Where secret values come from. Default `env-secrets`. */
  readonly secrets?: WrittenSection<Store<unknown, "secrets">, RegisteredSecrets, S, I>;
  /** Settings for `--executor <type>`, by type. */
  readonly "job-executors"?: {
    readonly [T in keyof X]: { readonly config?: TypedSettings<RegisteredExecutors, T, I> };
  };
  /** Further packages to look into, the only ones that may be loaded, and which package a name means. */
  readonly plugins?:
    | readonly string[]
    | {
        readonly packages?: readonly string[];
        readonly allow?: readonly string[];
        readonly resolve?: { readonly [type: string]: string };
      };
}

/**
 * Gives the object back; editors then know its keys, and the settings of every type that the compiler has seen: those that come
 * with runnable, and those of plugins that some file imports, `import type {} from "@acme/my-platform"`. Other types take any
 * settings.
 */
export function defineConfig<
  const E extends TypeName<RegisteredExecutors>,
  const R extends TypeName<RegisteredRunLogStores>,
  const C extends TypeName<RegisteredCatalogs>,
  const S extends TypeName<RegisteredSecrets>,
  const X extends object,
  const I extends Import | undefined = undefined,
>(config: WrittenConfig<E, R, C, S, X, I>): WrittenConfig {
  return config;
}

declare module "@runnable/plugin" {
  interface RegisteredRunLogStores {
    readonly "file-system": typeof fileSystemRunLog;
    readonly "chunked-fs": typeof fileSystemRunLog;
    readonly buffered: typeof bufferedRunLog;
  }
  interface RegisteredCatalogs {
    readonly "file-system": typeof fileSystemCatalog;
    readonly "do-nothing": typeof doNothingCatalog;
  }
  interface RegisteredSecrets {
    readonly "env-secrets": typeof envSecrets;
    readonly env: typeof envSecrets;
    readonly dotenv: typeof dotenvSecrets;
    readonly file: typeof fileSecrets;
    readonly "do-nothing": typeof doNothingSecrets;
  }
}
