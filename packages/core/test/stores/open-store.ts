import type { Schema, Store, StoreFactory } from "@runnable/plugin";

/** A store as its plugin names it: a module with a factory as default export. */
export interface StoreUnderTest {
  /** URL of the module; other processes import it too. */
  readonly module: string;
  /** Its config for a store of its own in this directory. */
  readonly config: (directory: string) => unknown;
  /** Whether several processes see the same store; false for one in memory. */
  readonly shared: boolean;
}

/** Opens a store as the core does: config validated, relative paths from the directory, with the credentials that it finds by itself. */
export async function openStore<T>(module: string, config: unknown, directory: string): Promise<T> {
  const { default: factory } = (await import(module)) as {
    default: StoreFactory<Schema, T>;
  };
  const store: Store<T> = factory(config);
  const validated = await store.definition.config["~standard"].validate(store.config);
  if (validated.issues) throw new Error(JSON.stringify(validated.issues));
  const { open, credentialValues } = store.definition;
  const credentials = (await credentialValues?.(validated.value)) ?? {};
  return open(validated.value, { baseDirectory: directory, credentials });
}
