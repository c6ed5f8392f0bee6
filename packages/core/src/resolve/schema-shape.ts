import type { Schema } from "@runnable/plugin";

/** What zod 4, classic and mini, keeps about a schema. Source: zod.dev/library-authors, `_zod.def`. */
interface ZodDefinition {
  readonly shape?: Readonly<Record<string, Schema>>;
  /** What keys outside the shape may hold; absent: zod drops such keys silently. */
  readonly catchall?: Schema;
  readonly innerType?: Schema;
  readonly in?: Schema;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly options?: readonly Schema[];
}

/** What a schema put together by ourselves (policies around an executor) shows of its parts. */
interface ComposedSchema {
  readonly keys: Readonly<Record<string, Schema>>;
  readonly rest: Schema;
}

/** A schema and what it wraps (`optional`, `default`, `pipe` …), from the outside in. */
export function layersOf(schema: Schema): readonly Schema[] {
  const layers: Schema[] = [];
  for (let at: Schema | undefined = schema; at && !layers.includes(at);) {
    layers.push(at);
    const definition: ZodDefinition = zodDefinition(at);
    at = definition.innerType ?? definition.in;
  }
  return layers;
}

/** The schemas that the value below a key must meet, or that it may meet where there is a choice; empty where the library does not show them. */
export function schemasBelow(schema: Schema, key: string | number): readonly Schema[] {
  return layersOf(schema).flatMap((layer) => {
    const { shape, element, valueType, catchall, options = [] } = zodDefinition(layer);
    const composed = composedOf(layer);
    const own = [
      ownValue(shape, key) ?? catchall,
      element,
      valueType,
      ownValue(composed?.keys, key),
    ].filter((item) => item !== undefined);
    const inner = composed && own.length === 0 ? [composed.rest, ...options] : options;
    return [...own, ...inner.flatMap((option) => schemasBelow(option, key))];
  });
}

/** The keys that an object schema names at a path; `undefined` where the library does not show them. */
export function keysAt(
  schema: Schema,
  path: readonly (string | number)[],
): readonly string[] | undefined {
  const schemas = path.reduce<readonly Schema[]>(
    (found, key) => found.flatMap((item) => schemasBelow(item, key)),
    [schema],
  );
  const keys = schemas.flatMap(keysOf);
  return keys.length > 0 ? [...new Set(keys)] : undefined;
}

/** The keys that would be dropped silently, each with its path. */
export function droppedKeys(
  schema: Schema,
  value: unknown,
  path: readonly string[] = [],
): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const definition = layersOf(schema)
    .map(zodDefinition)
    .find(({ shape }) => shape);
  const composed = composedOf(schema);
  if (composed) return droppedKeys(composed.rest, without(value, Object.keys(composed.keys)), path);
  if (!definition?.shape) return [];
  const { shape, catchall } = definition;
  return Object.entries(value).flatMap(([key, inner]) => {
    const below = ownValue(shape, key);
    if (below) return droppedKeys(below, inner, [...path, key]);
    return catchall ? [] : [[...path, key]];
  });
}

function keysOf(schema: Schema): readonly string[] {
  return layersOf(schema).flatMap((layer) => {
    const { shape = {}, options = [] } = zodDefinition(layer);
    const composed = composedOf(layer);
    const parts = composed ? [...Object.keys(composed.keys), ...keysOf(composed.rest)] : [];
    return [...Object.keys(shape), ...options.flatMap(keysOf), ...parts];
  });
}

function without(value: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

function ownValue<T>(
  record: Readonly<Record<string, T>> | undefined,
  key: string | number,
): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

function zodDefinition(schema: Schema): ZodDefinition {
  const inner = "_zod" in schema ? schema._zod : undefined;
  if (typeof inner !== "object" || inner === null || !("def" in inner)) return {};
  return inner.def as ZodDefinition;
}

function composedOf(schema: Schema): ComposedSchema | undefined {
  return "~runnable" in schema ? (schema["~runnable"] as ComposedSchema) : undefined;
}
