import type { Schema } from "@runnable/plugin";

/** The schemas of an object schema's keys. */
export type Shape = Readonly<Record<string, Schema>>;

/** What zod 4, classic and mini, keeps about a schema. Source: zod.dev/library-authors, `_zod.def`. */
interface ZodDefinition {
  readonly shape?: Shape;
  readonly innerType?: Schema;
  readonly in?: Schema;
}

/** The schemas of an object schema's keys, wrappers such as `optional` and `default` opened; `undefined` where the library does not show them. */
export function shapeOf(schema: Schema): Shape | undefined {
  for (const layer of layersOf(schema)) {
    const shape = definitionOf(layer)?.shape;
    if (shape) return shape;
  }
  return undefined;
}

/** A schema and what it wraps, from the outside in. */
export function layersOf(schema: Schema): readonly Schema[] {
  const layers: Schema[] = [];
  for (let at: Schema | undefined = schema; at && !layers.includes(at); ) {
    layers.push(at);
    const definition: ZodDefinition | undefined = definitionOf(at);
    at = definition?.innerType ?? definition?.in;
  }
  return layers;
}

/** The keys that a schema knows at a path of object keys. */
export function keysOfSchema(schema: Schema, path: readonly (string | number)[]): readonly string[] | undefined {
  let shape = shapeOf(schema);
  for (const key of path) {
    const inner = shape?.[key];
    shape = inner && shapeOf(inner);
  }
  return shape && Object.keys(shape);
}

function definitionOf(schema: Schema): ZodDefinition | undefined {
  const inner = "_zod" in schema ? schema._zod : undefined;
  if (typeof inner !== "object" || inner === null || !("def" in inner)) return undefined;
  return inner.def as ZodDefinition;
}
