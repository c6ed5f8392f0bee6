import type { Schema } from "@runnable/plugin";

/** What a schema is made of, as far as its library shows it. */
export interface SchemaParts {
  /** By key, of an object schema. */
  readonly shape: Readonly<Record<string, Schema>> | undefined;
  /** Whether keys outside the shape are dropped in silence. */
  readonly dropsKeys: boolean;
  /** What any item, or any key outside the shape, must meet. */
  readonly anyKey: readonly Schema[];
  /** Schemas for the same value: wrapped ones, members of a pipe, choices, intersections. */
  readonly sameValue: readonly Schema[];
  /** The wrapped schema that the value meets first. */
  readonly input: Schema | undefined;
  /** Of an executor with policies: the schemas of their keys, and of all other keys. */
  readonly composed:
    | { readonly keys: Readonly<Record<string, Schema>>; readonly rest: Schema | undefined }
    | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Looks into a schema of zod 3 (`_def`), zod 4, classic and mini (`_zod.def`), or valibot (the schema itself); of another
 * library nothing is known. Sources: zod.dev/library-authors; valibot.dev, "Internal architecture".
 */
export function partsOf(schema: Schema): SchemaParts {
  const fields = fieldsOf(schema);
  const composed = asFields(fields["~runnable"]);
  const shape = shapeOf(fields) ?? shapeOf(composed);
  const input = schemasIn([
    fields["innerType"],
    fields["in"],
    fields["schema"],
    fields["wrapped"],
  ])[0];
  return {
    shape,
    dropsKeys: shape !== undefined && isStripping(fields),
    anyKey: schemasIn([
      ...["element", "item", "valueType", "value", "catchall", "type"].map((key) => fields[key]),
      ...listOf(fields["items"]),
    ]),
    sameValue: schemasIn([
      input,
      ...["out", "left", "right"].map((key) => fields[key]),
      composed["rest"],
      ...listOf(fields["options"]),
      ...listOf(fields["pipe"]).filter((item) => item !== schema),
      lazy(fields["getter"]),
    ]),
    input,
    composed: composedOf(composed),
  };
}

function composedOf(composed: Fields): SchemaParts["composed"] {
  const keys = shapeOf(composed);
  return keys && { keys, rest: schemasIn([composed["rest"]])[0] };
}

function fieldsOf(schema: Schema): Fields {
  const own = schema as unknown as Fields;
  const zod4 = asFields(asFields(own["_zod"])["def"]);
  if (Object.keys(zod4).length > 0) return zod4;
  const zod3 = asFields(own["_def"]);
  return Object.keys(zod3).length > 0 ? zod3 : own;
}

function shapeOf(fields: Fields): Readonly<Record<string, Schema>> | undefined {
  const written = fields["shape"] ?? fields["entries"] ?? fields["keys"];
  const shape = typeof written === "function" ? (written as () => unknown)() : written;
  const entries = Object.entries(asFields(shape)).filter(([, value]) => isSchema(value));
  return typeof shape === "object" && shape !== null && !Array.isArray(shape)
    ? (Object.fromEntries(entries) as Readonly<Record<string, Schema>>)
    : undefined;
}

function isStripping(fields: Fields): boolean {
  const { unknownKeys, type, catchall } = fields;
  if (unknownKeys !== undefined) return unknownKeys === "strip";
  return type === "object" && catchall === undefined;
}

function lazy(getter: unknown): unknown {
  return typeof getter === "function" ? (getter as () => unknown)() : undefined;
}

function schemasIn(values: readonly unknown[]): readonly Schema[] {
  return values.filter(isSchema);
}

function isSchema(value: unknown): value is Schema {
  return (
    (typeof value === "object" || typeof value === "function") &&
    value !== null &&
    "~standard" in value
  );
}

function asFields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
