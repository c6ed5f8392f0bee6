import type { Schema } from "@runnable/plugin";

import { partsOf } from "./schema-parts.ts";

/** The keys of a value that its schema would drop in silence, each with its path. */
export function droppedKeys(
  schema: Schema,
  value: unknown,
  path: readonly string[] = [],
): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const { shape, dropsKeys, input } = partsOf(schema);
  // Only what the value meets first: a schema behind a transformation sees other keys.
  if (!shape) return input ? droppedKeys(input, value, path) : [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const below = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (below) return droppedKeys(below, inner, [...path, key]);
    return dropsKeys ? [[...path, key]] : [];
  });
}
