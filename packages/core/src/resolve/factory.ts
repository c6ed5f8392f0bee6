import {
  executorBrand,
  storeBrand,
  type AnyDirectDefinition,
  type AnyRemoteDefinition,
  type Schema,
  type StoreDefinition,
} from "@runnable/plugin";

import type { ServiceKind } from "../discover/service-kind.ts";

/** What a factory, or an object that it made, carries. */
export type Definition =
  | {
      readonly service: "job-executor";
      readonly kind: "direct";
      readonly definition: AnyDirectDefinition;
    }
  | {
      readonly service: "job-executor";
      readonly kind: "remote";
      readonly definition: AnyRemoteDefinition;
    }
  | {
      readonly service: Exclude<ServiceKind, "job-executor">;
      readonly definition: StoreDefinition<Schema, never>;
    };

/** The definition behind a branded value, a factory or an object that it made; `undefined` for any other value. */
export function definitionOf(value: unknown): Definition | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) {
    return undefined;
  }
  if (!(executorBrand in value) && !(storeBrand in value)) return undefined;
  // The brand is put on by `define…` alone, together with these; a schema is the author's to give.
  const { kind, definition } = value as unknown as {
    readonly kind: string;
    readonly definition: { readonly config?: object };
  };
  if (!definition.config || !("~standard" in definition.config)) return undefined;
  const facts = executorBrand in value ? { service: "job-executor", kind } : { service: kind };
  return { ...facts, definition } as unknown as Definition;
}
