import type { Schema } from "@runnable/plugin";

/** The names that a schema knows. */
export interface ParameterNames {
  readonly names: readonly string[];
  /** True when the schema takes other names too, on purpose. */
  readonly open: boolean;
}

/**
 * The names of an object schema, where the schema lets us see them: zod's `shape` (v3, v4, mini), valibot's `entries`, else
 * its JSON Schema (standardschema.dev, "Standard JSON Schema"). Undefined when it does not.
 */
export function parameterNames(schema: Schema | undefined): ParameterNames | undefined {
  if (schema === undefined) return undefined;
  return fromShape(schema) ?? fromJsonSchema(schema);
}

function fromShape(schema: object): ParameterNames | undefined {
  const shape = objectAt(schema, "shape") ?? objectAt(schema, "entries");
  if (shape === undefined) return undefined;
  return { names: Object.keys(shape), open: isOpen(schema) };
}

/** zod 4 and 3 keep what else is allowed as `catchall`, zod 3 `unknownKeys` too; valibot has types of objects. */
function isOpen(schema: object): boolean {
  const zod4 = objectAt(schema, "_zod", "def");
  if (zod4 !== undefined) {
    const type = textAt(objectAt(zod4, "catchall", "_zod", "def"), "type");
    return type !== undefined && type !== "never";
  }
  const zod3 = objectAt(schema, "_def");
  if (zod3 !== undefined) {
    const type = textAt(objectAt(zod3, "catchall", "_def"), "typeName");
    return (
      textAt(zod3, "unknownKeys") === "passthrough" || (type !== undefined && type !== "ZodNever")
    );
  }
  return ["loose_object", "object_with_rest"].includes(textAt(schema, "type") ?? "");
}

function fromJsonSchema(schema: Schema): ParameterNames | undefined {
  const jsonSchema = objectAt(schema["~standard"], "jsonSchema");
  const input: unknown = jsonSchema && "input" in jsonSchema ? jsonSchema.input : undefined;
  if (typeof input !== "function") return undefined;
  const json = described(() => input({ target: "draft-2020-12" }) as unknown);
  const properties = json === undefined ? undefined : objectAt(json, "properties");
  if (json === undefined || properties === undefined) return undefined;
  const additional = (json as { readonly additionalProperties?: unknown }).additionalProperties;
  return { names: Object.keys(properties), open: additional !== undefined && additional !== false };
}

function described(describe: () => unknown): object | undefined {
  try {
    const json = describe();
    return typeof json === "object" && json !== null ? json : undefined;
  } catch {
    // A schema that JSON Schema can't express.
    return undefined;
  }
}

function objectAt(holder: object, ...keys: readonly string[]): object | undefined {
  let value: unknown = holder;
  for (const key of keys) {
    if (typeof value !== "object" && typeof value !== "function") return undefined;
    value = (value as { readonly [key: string]: unknown } | null)?.[key];
  }
  return typeof value === "object" && value !== null ? value : undefined;
}

function textAt(holder: object | undefined, key: string): string | undefined {
  const value: unknown = (holder as { readonly [key: string]: unknown } | undefined)?.[key];
  return typeof value === "string" ? value : undefined;
}
