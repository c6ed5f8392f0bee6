import type { Json } from "@runnable/plugin";

/** A parameter as the text of an environment variable: text as it is, else JSON. */
export function parameterText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
