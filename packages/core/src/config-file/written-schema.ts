import type { Json, JsonObject } from "@runnable/plugin";

import { isJsonObject } from "../discover/json-object.ts";
import { importPattern } from "./shared-definitions.ts";
import { withVariables } from "./with-variables.ts";

/**
 * The schema of a type's settings as they stand in a file, before `$import` and `${NAME}` are looked at: any map may build upon a
 * file, so nothing is required here (`demandsOf` has that). References are made to point into the definition `name` of the whole
 * schema.
 */
export function writtenSchema(schema: JsonObject, name: string): JsonObject {
  const own = Object.entries(schema).filter(([key]) => key !== "$schema" && key !== "$id");
  const written = adapt(Object.fromEntries(own), { name, optional: true });
  // `config:` with nothing behind it is no settings.
  return schema["type"] === "object" ? { ...written, type: ["object", "null"] } : written;
}

interface Place {
  readonly name: string;
  /** Whether `required` is left out: a choice between schemas needs it to tell them apart. */
  readonly optional: boolean;
}

function adapt(schema: JsonObject, place: Place): JsonObject {
  const { required, ...others } = schema;
  const written = Object.entries(others).map(([key, value]) => adaptKeyword(key, value, place));
  const adapted = withVariables(withDefaultText(withImport(Object.fromEntries(written))));
  if (required === undefined || place.optional || "if" in adapted) return adapted;
  return { ...adapted, if: { required: ["$import"] }, else: { required } };
}

function adaptKeyword(
  key: string,
  value: Json | undefined,
  place: Place,
): readonly [string, Json | undefined] {
  const choice = { ...place, optional: false };
  switch (key) {
    case "$ref":
      return [key, rebased(value, place.name)];
    case "properties":
      return [key, mapValues(value, (item) => adaptAny(item, place))];
    case "patternProperties":
    case "definitions":
    case "$defs":
      return [key, mapValues(value, (item) => adaptAny(item, choice))];
    case "allOf":
      return [key, adaptAny(value, place)];
    // Where a variable may stand, several choices fit.
    case "oneOf":
      return ["anyOf", adaptAny(value, choice)];
    case "anyOf":
    case "items":
    case "additionalProperties":
    case "then":
    case "else":
      return [key, adaptAny(value, choice)];
    default:
      return [key, value];
  }
}

function adaptAny(value: Json | undefined, place: Place): Json | undefined {
  if (Array.isArray(value)) return value.map((item: Json) => adaptAny(item, place) ?? null);
  return isJsonObject(value) ? adapt(value, place) : value;
}

function mapValues(
  value: Json | undefined,
  change: (item: Json | undefined) => Json | undefined,
): Json | undefined {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
}

function rebased(reference: Json | undefined, name: string): Json | undefined {
  if (typeof reference !== "string" || !reference.startsWith("#")) return reference;
  return `${definitionPath(name)}${reference.slice(1)}`;
}

/** The reference to a definition of the whole schema. Source: RFC 6901, section 6. */
export function definitionPath(name: string): string {
  return `#/definitions/${encodeURI(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`;
}

/** Editors show descriptions, not defaults. */
function withDefaultText(schema: JsonObject): JsonObject {
  const { default: value, description } = schema;
  if (value === undefined || typeof description !== "string") return schema;
  return { ...schema, description: `${description}\n\nDefault: \`${JSON.stringify(value)}\`` };
}

/** Maps that refuse other keys still take `$import`. */
function withImport(schema: JsonObject): JsonObject {
  const { additionalProperties, patternProperties = {} } = schema;
  if (additionalProperties === undefined || additionalProperties === true) return schema;
  return {
    ...schema,
    patternProperties: {
      ...(isJsonObject(patternProperties) && patternProperties),
      ...importPattern,
    },
  };
}
