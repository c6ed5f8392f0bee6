import type { Json, JsonObject } from "@runnable/plugin";

import { isJsonObject } from "../discover/json-object.ts";

/** What a schema requires, where no `$import` of the same map brings it; `undefined` if that is nothing. */
export function demandsOf(schema: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(schema)) return undefined;
  const { properties, allOf } = schema;
  const required = listOf(schema["required"]);
  const inner = Object.entries(isJsonObject(properties) ? properties : {}).flatMap(
    ([key, property]) => {
      const demands = demandsOf(property);
      return demands ? [[key, demands] as const] : [];
    },
  );
  const parts = listOf(allOf)
    .map(demandsOf)
    .filter((part) => part !== undefined);
  const demands: JsonObject = {
    ...(required.length > 0 && { required }),
    ...(inner.length > 0 && demandsBelow(inner)),
    ...(parts.length > 0 && { allOf: parts }),
  };
  return Object.keys(demands).length === 0 ? undefined : unlessImported(demands);
}

/** Demands on the values of keys. By patterns: an editor would offer the keys of `properties` a second time. */
export function demandsBelow(demands: readonly (readonly [string, JsonObject])[]): JsonObject {
  const patterns = demands.map(
    ([key, schema]) => [`^${key.replaceAll(/[^\w-]/gu, "\\$&")}$`, schema] as const,
  );
  return { patternProperties: Object.fromEntries(patterns) };
}

/** A schema for maps that build upon no file. */
export function unlessImported(demands: JsonObject): JsonObject {
  return { if: { required: ["$import"] }, else: demands };
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
