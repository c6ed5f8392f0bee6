import type { Json, JsonObject } from "@runnable/plugin";

import type { Candidate } from "../discover/candidate.ts";
import { isJsonObject } from "../discover/json-object.ts";

/** A schema as a re-export leaves it: its defaults are defaults and no longer required, its locked keys can't be set. */
export function reExportedSchema(
  schema: JsonObject,
  { defaults, locked }: Pick<Candidate, "defaults" | "locked">,
): JsonObject {
  const withDefaults = setDefaults(schema, defaults);
  return locked.reduce(
    (at, { key, by }) => lock(at, key.split("."), `Locked by ${by}.`),
    withDefaults,
  );
}

function setDefaults(schema: JsonObject, defaults: JsonObject): JsonObject {
  const properties = { ...propertiesOf(schema) };
  for (const [key, value] of Object.entries(defaults)) {
    const property = properties[key];
    if (isJsonObject(property)) properties[key] = withDefault(property, value);
  }
  const filled = Object.keys(defaults).filter((key) => !isInNeed(properties[key], defaults[key]));
  return optional({ ...schema, ...present({ properties }) }, filled);
}

/** Whether a default gives some of an object's keys, and not all that it needs. */
function isInNeed(property: Json | undefined, value: Json | undefined): boolean {
  return isJsonObject(value) && isJsonObject(property) && property["required"] !== undefined;
}

function withDefault(property: JsonObject, value: Json | undefined): JsonObject {
  // Objects merge key by key, so that the others may still be needed.
  if (isJsonObject(value) && isJsonObject(property["properties"])) {
    return setDefaults(property, value);
  }
  // draft-07 ignores what stands beside `$ref`.
  if (property["$ref"] === undefined) return { ...property, default: value };
  return { allOf: [property], default: value };
}

function lock(schema: JsonObject, [key, ...rest]: readonly string[], why: string): JsonObject {
  const properties = { ...propertiesOf(schema) };
  const property = key === undefined ? undefined : properties[key];
  if (key === undefined) return schema;
  if (rest.length > 0) {
    if (!isJsonObject(property)) return schema;
    return { ...schema, properties: { ...properties, [key]: lock(property, rest, why) } };
  }
  delete properties[key];
  const kept = schema["additionalProperties"] === false ? {} : { [key]: refused(why) };
  return optional({ ...schema, properties: { ...properties, ...kept } }, [key]);
}

/** `doNotSuggest`: a word of yaml-language-server. */
function refused(why: string): JsonObject {
  return { not: {}, description: why, doNotSuggest: true };
}

function optional(schema: JsonObject, keys: readonly string[]): JsonObject {
  const { required, ...others } = schema;
  if (!Array.isArray(required)) return schema;
  const left = required.filter((key) => typeof key !== "string" || !keys.includes(key));
  return left.length === 0 ? others : { ...others, required: left };
}

function propertiesOf(schema: JsonObject): JsonObject {
  const { properties } = schema;
  return isJsonObject(properties) ? properties : {};
}

function present({ properties }: { readonly properties: JsonObject }): JsonObject {
  return Object.keys(properties).length === 0 ? {} : { properties };
}
