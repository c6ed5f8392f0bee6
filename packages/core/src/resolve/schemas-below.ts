import type { Schema } from "@runnable/plugin";

import { partsOf } from "./schema-parts.ts";

/** A schema and everything that is put together with it for the same value: wrapped schemas, choices, pipes. */
export function layersOf(schema: Schema): readonly Schema[] {
  const layers = new Set([schema]);
  for (const layer of layers) {
    for (const part of partsOf(layer).sameValue) layers.add(part);
  }
  return [...layers];
}

/** The schemas that the value below a key must meet, or may where there is a choice; none where the library does not show them. */
export function schemasBelow(schema: Schema, key: string | number): readonly Schema[] {
  return layersOf(schema).flatMap((layer) => {
    const { shape, anyKey } = partsOf(layer);
    return shape && Object.hasOwn(shape, key) ? [shape[key]].filter(isThere) : anyKey;
  });
}

/** The keys that a schema names at a path; `undefined` where the library does not show them. */
export function keysAt(
  schema: Schema,
  path: readonly (string | number)[],
): readonly string[] | undefined {
  const schemas = path.reduce<readonly Schema[]>(
    (found, key) => found.flatMap((item) => schemasBelow(item, key)),
    [schema],
  );
  const keys = schemas
    .flatMap(layersOf)
    .flatMap((layer) => Object.keys(partsOf(layer).shape ?? {}));
  return keys.length > 0 ? [...new Set(keys)] : undefined;
}

function isThere(schema: Schema | undefined): schema is Schema {
  return schema !== undefined;
}
