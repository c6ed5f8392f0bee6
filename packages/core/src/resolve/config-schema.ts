import type { JsonObject } from "@runnable/plugin";

import type { Candidate } from "../discover/candidate.ts";
import type { Finding } from "../discover/finding.ts";
import { importDefinition } from "./import-definition.ts";
import { jsonSchemaOf } from "./json-schema-of.ts";
import { reExportedSchema } from "./re-exported-schema.ts";
import { readSchemaFile } from "./schema-file.ts";

/** What is known of the settings of a type. */
export interface DocumentedConfig {
  /** JSON Schema (draft-07) of `config` as a user may write it; undefined where the plugin has none. */
  readonly schema: JsonObject | undefined;
  /** Why there is none: a schema file that is no JSON object, a module that can't be imported. */
  readonly finding?: Finding;
}

/**
 * The JSON Schema of a type's settings: the manifest's `schema` file, and nothing is imported; without one the plugin is imported
 * and its schema asked. Keys marked `secret()` are `writeOnly`; a re-export's defaults are in it, and its locked keys are not.
 */
export async function documentedConfig(candidate: Candidate): Promise<DocumentedConfig> {
  const documented = await ownSchema(candidate);
  return documented.schema
    ? { schema: reExportedSchema(documented.schema, candidate) }
    : documented;
}

/** {@link documentedConfig}'s schema alone; `undefined` where the plugin has none or it can't be had. */
export async function configSchemaOf(candidate: Candidate): Promise<JsonObject | undefined> {
  return (await documentedConfig(candidate)).schema;
}

async function ownSchema(candidate: Candidate): Promise<DocumentedConfig> {
  if (candidate.schema !== undefined) return readSchemaFile(candidate.schema, candidate);
  const definition = await importDefinition(candidate);
  if ("code" in definition) return { schema: undefined, finding: definition };
  return { schema: await jsonSchemaOf(definition.definition.config) };
}
