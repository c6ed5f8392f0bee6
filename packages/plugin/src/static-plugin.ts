import type { executorBrand } from "./executor.ts";
import type { storeBrand, StoreKind } from "./store.ts";

/** What `defineDirectExecutor`, `defineRemoteExecutor` or `withPolicies` returns, whatever its config. */
export type AnyExecutorFactory = ((config?: never) => unknown) & { readonly [executorBrand]: 1 };

/** What `defineRunLogStore`, `defineCatalog` or `defineSecrets` returns, whatever its config. */
export type AnyStoreFactory<K extends StoreKind> = ((config?: never) => unknown) & {
  readonly [storeBrand]: 1;
  readonly kind: K;
};

/** A plugin as a value, for programs that find nothing by package.json: bundles and tests. Its keys are those of a manifest, by type name. */
export interface StaticPlugin {
  /** Name of the package: recorded, and the first half of a qualified type. */
  readonly package: string;
  /** Recorded. */
  readonly version: string;
  readonly executors?: { readonly [type: string]: AnyExecutorFactory };
  readonly "run-log-stores"?: { readonly [type: string]: AnyStoreFactory<"run-log-store"> };
  readonly catalogs?: { readonly [type: string]: AnyStoreFactory<"catalog"> };
  readonly secrets?: { readonly [type: string]: AnyStoreFactory<"secrets"> };
}
