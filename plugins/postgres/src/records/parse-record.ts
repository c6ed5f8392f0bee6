import { RunnableError, type JsonObject } from "@runnable/plugin";

/** A fact as it stands in a table. @throws RunnableError RECORD_UNREADABLE when it is no JSON object: somebody else wrote it. */
export function parseRecord(text: unknown): JsonObject {
  const value: unknown = JSON.parse(String(text));
  if (isJsonObject(value)) return value;
  throw new RunnableError("RECORD_UNREADABLE", "a record in PostgreSQL is no JSON object", {
    hint: "Only runnable may write to its tables.",
    exitCode: 78,
  });
}

/** What `JSON.parse` gives holds nothing but JSON. */
function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
