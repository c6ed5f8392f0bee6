import type { Json, JsonObject } from "@runnable/plugin";

import { variableText } from "./shared-definitions.ts";

const annotations: ReadonlySet<string> = new Set([
  "title",
  "description",
  "markdownDescription",
  "default",
  "examples",
  "readOnly",
  "writeOnly",
  "deprecated",
  "deprecationMessage",
]);

/**
 * A schema of texts of some form lets `${NAME}` pass, whose value is not known here. Numbers and booleans have no such form: what
 * is filled in is a text.
 */
export function withVariables(schema: JsonObject): JsonObject {
  const documented = schema["writeOnly"] === true ? { examples: ["${NAME}"], ...schema } : schema;
  if (!takesText(schema) || !hasForm(schema)) return documented;
  const entries = Object.entries(documented);
  const about = entries.filter(([key]) => annotations.has(key));
  const form = entries.filter(([key]) => !annotations.has(key));
  return { ...Object.fromEntries(about), anyOf: [Object.fromEntries(form), variableText] };
}

function takesText({ type, enum: choices, const: constant }: JsonObject): boolean {
  if (type !== undefined) return listOf(type).includes("string");
  return [...listOf(choices), constant].some((value) => typeof value === "string");
}

function hasForm({ minLength, ...schema }: JsonObject): boolean {
  if (typeof minLength === "number" && minLength > 1) return true;
  return ["enum", "const", "pattern", "format", "maxLength"].some((key) => key in schema);
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : value === undefined ? [] : [value];
}
