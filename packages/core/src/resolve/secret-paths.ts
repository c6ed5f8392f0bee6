import { isSecret, type Json, type Schema } from "@runnable/plugin";

import { layersOf, schemasBelow } from "./schemas-below.ts";

type Path = readonly (string | number)[];

/** Paths of the values that a schema marks as secret by `secret()`, as far as they are in the config. */
export function secretPaths(schema: Schema, config: Json | undefined): readonly Path[] {
  return find([schema], config, []);
}

function find(schemas: readonly Schema[], value: Json | undefined, path: Path): readonly Path[] {
  if (value === undefined || value === null) return [];
  if (schemas.flatMap(layersOf).some(isSecret)) return [path];
  if (typeof value !== "object") return [];
  const entries: readonly (readonly [string | number, Json | undefined])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, inner]) => {
    const below = schemas.flatMap((schema) => schemasBelow(schema, key));
    return below.length === 0 ? [] : find(below, inner, [...path, key]);
  });
}
