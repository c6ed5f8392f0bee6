import type { Json, JsonObject } from "@runnable/plugin";

import type { Candidate } from "../discover/candidate.ts";
import { isJsonObject, valueAt } from "../discover/json-object.ts";

/** One key of a type's settings. */
export interface ConfigKey {
  /** `a.b` for a nested one. */
  readonly key: string;
  /** `string`, `integer`, `"a" | "b"`, `string[]` …; `any` where the schema does not say. */
  readonly type: string;
  readonly required: boolean;
  /** Absent for secret keys. */
  readonly default?: Json;
  readonly description?: string;
  readonly secret: boolean;
  /** `package:type` of the re-export that forbids to set it. */
  readonly lockedBy?: string;
}

/** The keys that a JSON Schema of settings has, in its order, nested ones after theirs. */
export function configKeys(schema: JsonObject): readonly ConfigKey[] {
  return keysOf(schema, { root: schema, prefix: "", depth: 0 });
}

/** The keys that re-exports have locked, as the module itself documents them, with the values that hold. */
export function lockedKeys(
  own: readonly ConfigKey[],
  { locked, defaults }: Pick<Candidate, "locked" | "defaults">,
): readonly ConfigKey[] {
  return locked.map(({ key, by }) => {
    const known = own.find((item) => item.key === key);
    const { type = "any", description, secret = false } = known ?? {};
    const value = valueAt(defaults, key) ?? known?.default;
    return {
      key,
      type,
      required: false,
      // Of an undocumented key nobody knows whether it is secret.
      ...(value !== undefined && known && !secret && { default: value }),
      ...(description !== undefined && { description }),
      secret,
      lockedBy: by,
    };
  });
}

/** Schemas may nest without end. */
const deepest = 5;

interface At {
  readonly root: JsonObject;
  readonly prefix: string;
  readonly depth: number;
}

function keysOf(schema: JsonObject, at: At): readonly ConfigKey[] {
  const { properties, required } = schema;
  if (!isJsonObject(properties) || at.depth > deepest) return [];
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(properties).flatMap(([name, value]) => {
    const property = isJsonObject(value) ? resolved(value, at.root) : {};
    const key = `${at.prefix}${name}`;
    const { description, default: byDefault, writeOnly } = property;
    const secret = writeOnly === true;
    const own: ConfigKey = {
      key,
      type: typeOf(property, at.root),
      required: needed.includes(name) && byDefault === undefined,
      ...(byDefault !== undefined && !secret && { default: byDefault }),
      ...(typeof description === "string" && { description }),
      secret,
    };
    return [own, ...keysOf(property, { ...at, prefix: `${key}.`, depth: at.depth + 1 })];
  });
}

/** A schema with what its `$ref`, or its only `allOf`, stands for. */
function resolved(schema: JsonObject, root: JsonObject, depth = 0): JsonObject {
  const { $ref: ref, allOf, ...own } = schema;
  const only = Array.isArray(allOf) && allOf.length === 1 ? allOf[0] : undefined;
  const target = typeof ref === "string" ? targetOf(ref, root) : only;
  if (!isJsonObject(target) || depth > deepest) return schema;
  return { ...resolved(target, root, depth + 1), ...own };
}

/** Of `#/definitions/name`. */
function targetOf(ref: string, root: JsonObject): Json | undefined {
  const steps = ref.startsWith("#/") ? ref.slice(2).split("/") : undefined;
  return steps?.reduce<Json | undefined>(
    (value, step) => (isJsonObject(value) ? value[step] : undefined),
    root,
  );
}

function typeOf(property: JsonObject, root: JsonObject): string {
  const { type, enum: choices, const: only, items, anyOf, oneOf } = property;
  if (Array.isArray(choices)) return choices.map((choice) => JSON.stringify(choice)).join(" | ");
  if (only !== undefined) return JSON.stringify(only);
  const either = Array.isArray(anyOf) ? anyOf : oneOf;
  if (Array.isArray(either)) {
    const types = either.map((item) =>
      isJsonObject(item) ? typeOf(resolved(item, root), root) : "any",
    );
    return [...new Set(types)].join(" | ");
  }
  if (type === "array" && isJsonObject(items)) {
    const item = typeOf(resolved(items, root), root);
    return item.includes(" ") ? `(${item})[]` : `${item}[]`;
  }
  if (Array.isArray(type)) return type.filter((name) => typeof name === "string").join(" | ");
  return typeof type === "string" ? type : "any";
}
