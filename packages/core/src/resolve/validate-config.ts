import type { JsonObject, Schema } from "@runnable/plugin";

import type { Finding } from "../discover/finding.ts";
import { describeIssues } from "./describe-issues.ts";

/** One thing wrong with a service's settings; the path is within its `config`. */
export interface ConfigFinding extends Finding {
  readonly path: readonly (string | number)[];
}

/** Validates a service's settings by its schema. */
export async function validateConfig(
  schema: Schema,
  config: JsonObject,
  type: string,
): Promise<{ readonly value: unknown } | { readonly findings: readonly ConfigFinding[] }> {
  const result = await schema["~standard"].validate(config);
  if (!result.issues) return { value: result.value };
  return { findings: describeIssues(result.issues, { config, schema, type }) };
}
