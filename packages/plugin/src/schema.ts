import type { StandardSchemaV1 } from "@standard-schema/spec";

/** Any Standard Schema (zod 3.24+, zod 4, valibot, arktype …). Source: standardschema.dev. Schemas meet by this interface, never by `instanceof`. */
export type Schema<Input = unknown, Output = Input> = StandardSchemaV1<Input, Output>;

/** What a schema accepts, before defaults. */
export type SchemaInput<S extends Schema> = StandardSchemaV1.InferInput<S>;

/** What a schema gives, after defaults and transformations. */
export type SchemaOutput<S extends Schema> = StandardSchemaV1.InferOutput<S>;

/** One problem that a schema found. */
export type SchemaIssue = StandardSchemaV1.Issue;
