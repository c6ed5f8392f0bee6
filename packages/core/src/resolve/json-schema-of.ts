import { isSecret, type Json, type JsonObject, type Schema } from "@runnable/plugin";

import { isJsonObject } from "../discover/json-object.ts";
import { partsOf } from "./schema-parts.ts";
import { layersOf, schemasBelow } from "./schemas-below.ts";

/**
 * The JSON Schema (draft-07) of what a schema accepts, secret keys marked `writeOnly`: by Standard JSON Schema, else of any zod 4
 * schema by zod; `undefined` where the library offers neither. Source: standardschema.dev/json-schema.
 */
export async function jsonSchemaOf(schema: Schema): Promise<JsonObject | undefined> {
  const found = (await composed(schema)) ?? standard(schema) ?? (await byZod(schema));
  return found && markSecrets(found, [schema]);
}

/** Of an executor with policies: its own keys and those of the policies. */
async function composed(schema: Schema): Promise<JsonObject | undefined> {
  const { keys, rest } = partsOf(schema).composed ?? {};
  if (!keys || !rest) return undefined;
  const own = (await jsonSchemaOf(rest)) ?? { type: "object" };
  const entries = Object.entries(keys).map(async ([key, item]) => {
    const inner = (await jsonSchemaOf(item)) ?? { type: "object" };
    return [key, inner] as const;
  });
  const policies = await Promise.all(entries);
  const needed = policies.filter(([, { required }]) => Array.isArray(required)).map(([key]) => key);
  const required = [...textsOf(own["required"]), ...needed];
  return {
    ...own,
    properties: { ...objectOf(own["properties"]), ...Object.fromEntries(policies) },
    ...(required.length > 0 && { required }),
  };
}

function standard(schema: Schema): JsonObject | undefined {
  const { jsonSchema } = schema["~standard"] as {
    readonly jsonSchema?: { readonly input?: (options: { readonly target: string }) => unknown };
  };
  return attempt(() => jsonSchema?.input?.({ target: "draft-07" }));
}

async function byZod(schema: Schema): Promise<JsonObject | undefined> {
  if (!("_zod" in schema)) return undefined;
  const { zodJsonSchema } = await import("./zod-json-schema.ts");
  return attempt(() => zodJsonSchema(schema));
}

/** Libraries throw for what JSON Schema can't say. */
function attempt(make: () => unknown): JsonObject | undefined {
  try {
    const made = make();
    // A copy: what a library returns may be its own, and hold more than JSON.
    const value = made === undefined ? undefined : (JSON.parse(JSON.stringify(made)) as Json);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function markSecrets(json: JsonObject, schemas: readonly Schema[]): JsonObject {
  const properties = objectOf(json["properties"]);
  const marked = Object.entries(properties).map(([key, property]): [string, Json | undefined] => {
    const below = schemas.flatMap((schema) => schemasBelow(schema, key));
    if (!isJsonObject(property)) return [key, property];
    if (below.flatMap(layersOf).some(isSecret)) return [key, { ...property, writeOnly: true }];
    return [key, markSecrets(property, below)];
  });
  return marked.length === 0 ? json : { ...json, properties: Object.fromEntries(marked) };
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
