import type { JsonObject, Schema } from "@runnable/plugin";

import type { ConfigFinding } from "./config-finding.ts";
import { describeIssues, unknownKey } from "./describe-issues.ts";
import { droppedKeys } from "./dropped-keys.ts";

/** The validated value, or what is wrong. */
export type Validation =
  | { readonly value: unknown }
  | { readonly findings: readonly ConfigFinding[] };

/** Validates a service's settings by its schema. `type` is what messages call the service. */
export async function validateConfig(
  schema: Schema,
  config: JsonObject,
  type: string,
): Promise<Validation> {
  const result = await validate(schema, config);
  if (!result) return { findings: [schemaFailed(type)] };
  const validated = { config, schema, type };
  // A schema that drops unknown keys would hide a misspelt one.
  const dropped = droppedKeys(schema, config).map((path) => unknownKey(path, validated));
  const findings = [...describeIssues(result.issues ?? [], validated), ...dropped];
  return findings.length > 0 || result.issues ? { findings } : { value: result.value };
}

type SchemaResult = Awaited<ReturnType<Schema["~standard"]["validate"]>>;

async function validate(schema: Schema, config: JsonObject): Promise<SchemaResult | undefined> {
  try {
    return await schema["~standard"].validate(config);
  } catch {
    return undefined;
  }
}

// Without the error's own text, which may repeat a value.
function schemaFailed(type: string): ConfigFinding {
  return {
    code: "PLUGIN_SCHEMA_FAILED",
    message: `the config schema of ${type} threw an error in place of giving its issues`,
    hint: "The fault is in the plugin, not in your configuration.",
    path: [],
  };
}
