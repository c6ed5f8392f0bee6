import { RunnableError, type JsonObject } from "@runnable/plugin";

/** A fact of its text. @throws RunnableError RECORD_UNREADABLE when it is no JSON object: somebody else wrote it */
export function parseFact(text: string, where: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new RunnableError("RECORD_UNREADABLE", `${where} is no JSON object`, {
    hint: "Restore the object from a copy, or remove it.",
    exitCode: 78,
  });
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
