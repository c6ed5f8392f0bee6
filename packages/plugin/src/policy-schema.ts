import type { JsonObject } from "./json.ts";
import type { Schema, SchemaIssue } from "./schema.ts";

/** A validated config of an executor with policies. */
export interface PolicyConfig {
  /** Of the executor inside. */
  readonly own: unknown;
  /** By policy key. */
  readonly policies: { readonly [key: string]: unknown };
}

interface KeyedSchema {
  readonly key: string;
  readonly config: Schema;
}

/** Shows the parts of a schema put together of others, so that the core finds their keys and what is secret among them. */
export interface ComposedSchema {
  readonly "~runnable": {
    readonly keys: { readonly [key: string]: Schema };
    /** Of all other keys. */
    readonly rest: Schema;
  };
}

/** Gives each policy its key and the executor the rest; issues keep their paths. */
export function policySchema(
  inner: Schema,
  policies: readonly KeyedSchema[],
): Schema<JsonObject, PolicyConfig> & ComposedSchema {
  const keys = Object.fromEntries(policies.map(({ key, config }) => [key, config]));
  return {
    "~runnable": { keys, rest: inner },
    "~standard": {
      version: 1,
      vendor: "runnable",
      validate: async (value) => {
        const rest: Record<string, unknown> = { ...(value as object) };
        const issues: SchemaIssue[] = [];
        const values: Record<string, unknown> = {};
        for (const { key, config } of policies) {
          const result = await config["~standard"].validate(rest[key] ?? {});
          delete rest[key];
          if (result.issues) issues.push(...result.issues.map((issue) => under(key, issue)));
          else values[key] = result.value;
        }
        const own = await inner["~standard"].validate(rest);
        if (own.issues) issues.push(...own.issues);
        if (issues.length > 0 || own.issues) return { issues };
        return { value: { own: own.value, policies: values } };
      },
    },
  };
}

function under(key: string, issue: SchemaIssue): SchemaIssue {
  return { ...issue, path: [key, ...(issue.path ?? [])] };
}
