import type { JsonObject } from "./json.ts";
import type { StoreNeed } from "./need.ts";
import type { Placed } from "./placement.ts";
import type { Schema, SchemaOutput } from "./schema.ts";

/** Marks store factories, also between copies of this package. */
export const storeBrand: unique symbol = Symbol.for("runnable.store") as never;

/** Config sections that name a store. */
export type StoreKind = "run-log-store" | "catalog" | "secrets";

/** What opening a store gets. */
export interface StoreContext {
  /** Absolute; relative paths in the store's config mean this. */
  readonly baseDirectory: string;
  /** Secret values that the store's `credentials` asked for, by name. */
  readonly credentials: { readonly [name: string]: string };
  readonly signal?: AbortSignal;
}

/** A store as a plugin writes it. */
export interface StoreDefinition<S extends Schema, T> {
  /** Schema of the section's `config`. */
  readonly config: S;
  /** Pure: what the store requires of its surroundings. Empty: nothing, it may be opened anywhere. */
  readonly needs: (
    config: SchemaOutput<S>,
    ctx: { readonly baseDirectory: string },
  ) => readonly StoreNeed[];
  /** Pure: the config by which the job side opens the same store, its needs being met by the placements. */
  readonly relocate: (config: SchemaOutput<S>, placements: readonly Placed[]) => JsonObject;
  /** Names of the secrets that open it; they travel as `values`, never in the config. */
  readonly credentials?: (config: SchemaOutput<S>) => readonly string[];
  /** Values of these that this side finds by itself (a profile, a role); what it doesn't give comes from the secrets store. */
  readonly credentialValues?: (
    config: SchemaOutput<S>,
  ) => Promise<{ readonly [name: string]: string }>;
  /** Opens the store. Creates nothing before the first write. */
  readonly open: (config: SchemaOutput<S>, ctx: StoreContext) => T | Promise<T>;
}

/** What a store plugin's entry exports as default. */
export interface StoreFactory<S extends Schema, T, K extends StoreKind = StoreKind> {
  (config?: S extends Schema<infer I, unknown> ? I : never): Store<T, K>;
  readonly [storeBrand]: 1;
  readonly kind: K;
  readonly definition: StoreDefinition<S, T>;
}

/** A configured store. */
export interface Store<T, K extends StoreKind = StoreKind> {
  readonly [storeBrand]: 1;
  readonly kind: K;
  readonly definition: StoreDefinition<Schema, T>;
  readonly config: unknown;
}

/** The factory of a store of this kind. */
export function storeFactory<S extends Schema, T, K extends StoreKind>(
  kind: K,
  definition: StoreDefinition<S, T>,
): StoreFactory<S, T, K> {
  const frozen = Object.freeze({ ...definition });
  const factory = (config?: unknown) =>
    Object.freeze({ [storeBrand]: 1, kind, definition: frozen, config: config ?? {} });
  const branded = Object.assign(factory, { [storeBrand]: 1, kind, definition: frozen });
  return Object.freeze(branded) as unknown as StoreFactory<S, T, K>;
}
