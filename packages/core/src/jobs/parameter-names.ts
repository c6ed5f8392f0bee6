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

/** zod 4 keeps `catchall` (`never` when strict), zod 3 `unknownKeys` and a `catchall` that is always there; valibot names its types. */
function isOpen(schema: object): boolean {
  const definition = objectAt(schema, "_zod", "def");
  if (definition !== undefined) {
    const type = textAt(objectAt(definition, "catchall", "_zod", "def") ?? {}, "type");
    return type !== undefined && type !== "never";
  }
  const type = textAt(schema, "type");
  return (
    type === "loose_object" ||
    type === "object_with_rest" ||
    textAt(objectAt(schema, "_def") ?? {}, "unknownKeys") === "passthrough"
  );
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

function textAt(holder: object, key: string): string | undefined {
  const value: unknown = (holder as { readonly [key: string]: unknown })[key];
  return typeof value === "string" ? value : undefined;
}
