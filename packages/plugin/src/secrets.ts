import type { Schema } from "./schema.ts";
import { storeFactory, type StoreDefinition, type StoreFactory } from "./store.ts";

/** Named values that a job may ask for. Read on the submitter; they travel as a `values` need. */
export interface Secrets {
  /** For people: "environment", "file .env". */
  readonly location: string;
  /** Names of values that are no secret to anybody: they may be short, which can't be redacted. */
  readonly plain?: readonly string[];
  /** Values by name; a name that is not there is absent. */
  readonly read: (names: readonly string[]) => Promise<{ readonly [name: string]: string }>;
}

/** A factory of secrets stores. */
export function defineSecrets<S extends Schema>(
  definition: StoreDefinition<S, Secrets>,
): StoreFactory<S, Secrets, "secrets"> {
  return storeFactory("secrets", definition);
}
