import type { Json, JsonObject } from "@runnable/plugin";

/** A record as plain JSON: what `JSON.stringify` would keep of it. */
export function toJson(record: object): JsonObject {
  return JSON.parse(JSON.stringify(record)) as { [key: string]: Json };
}
