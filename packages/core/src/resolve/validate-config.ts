import type { JsonObject, Schema } from "@runnable/plugin";

import type { ConfigFinding } from "./config-finding.ts";
import { describeIssues, unknownKey } from "./describe-issues.ts";
import { droppedKeys } from "./schema-shape.ts";

/** Validates a service's settings by its schema. */
export async function validateConfig(
  schema: Schema,
  config: JsonObject,
  type: string,
): Promise<{ readonly value: unknown } | { readonly findings: readonly ConfigFinding[] }> {
  const result = await schema["~standard"].validate(config);
  const validated = { config, schema, type };
  // A schema that drops unknown keys would hide a misspelt one.
  const dropped = droppedKeys(schema, config).map((path) => unknownKey(path, validated));
  const findings = [...describeIssues(result.issues ?? [], validated), ...dropped];
  if (findings.length > 0 || result.issues) return { findings };
  return { value: result.value };
}
