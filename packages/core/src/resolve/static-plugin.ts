import type { ExecutorFactory, StoreFactory } from "@runnable/plugin";

import { splitQualified } from "../discover/qualified-name.ts";
import { manifestKeys, type ServiceKind } from "../discover/service-kind.ts";

/** A plugin handed over in code, for bundles and tests. It has the keys of a manifest; its package.json is not read. */
export interface StaticPlugin {
  readonly package: string;
  readonly version: string;
  readonly executors?: { readonly [type: string]: ExecutorFactory<never> };
  readonly "run-log-stores"?: {
    readonly [type: string]: StoreFactory<never, never, "run-log-store">;
  };
  readonly catalogs?: { readonly [type: string]: StoreFactory<never, never, "catalog"> };
  readonly secrets?: { readonly [type: string]: StoreFactory<never, never, "secrets"> };
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
