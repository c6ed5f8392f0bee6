import type { executorBrand, storeBrand, StoreKind } from "@runnable/plugin";

import { splitQualified } from "../discover/qualified-name.ts";
import { manifestKeys, type ServiceKind } from "../discover/service-kind.ts";

/** What `defineDirectExecutor` or `defineRemoteExecutor` returns, whatever its config. */
export type AnyExecutorFactory = ((config?: never) => unknown) & { readonly [executorBrand]: 1 };

/** What `defineRunLogStore`, `defineCatalog` or `defineSecrets` returns, whatever its config. */
export type AnyStoreFactory<K extends StoreKind> = ((config?: never) => unknown) & {
  readonly [storeBrand]: 1;
  readonly kind: K;
};

/** A plugin handed over in code, for bundles and tests. It has the keys of a manifest; its package.json is not read. */
export interface StaticPlugin {
  readonly package: string;
  readonly version: string;
  readonly executors?: { readonly [type: string]: AnyExecutorFactory };
  readonly "run-log-stores"?: { readonly [type: string]: AnyStoreFactory<"run-log-store"> };
  readonly catalogs?: { readonly [type: string]: AnyStoreFactory<"catalog"> };
  readonly secrets?: { readonly [type: string]: AnyStoreFactory<"secrets"> };
}

/** A type of a static plugin; the factory is unchecked. */
export interface FoundStatic {
  readonly plugin: StaticPlugin;
  readonly factory: unknown;
}

/** The factory of a type, `name` or `package:name`, and the plugin that has it; the first that does. */
export function findStatic(
  plugins: readonly StaticPlugin[],
  kind: ServiceKind,
  type: string,
): FoundStatic | undefined {
  const qualified = splitQualified(type);
  for (const plugin of plugins) {
    if (qualified && qualified.packageName !== plugin.package) continue;
    const types: unknown = plugin[manifestKeys[kind] as keyof StaticPlugin];
    const name = qualified?.name ?? type;
    if (typeof types !== "object" || types === null || !Object.hasOwn(types, name)) continue;
    return { plugin, factory: (types as Readonly<Record<string, unknown>>)[name] };
  }
  return undefined;
}
