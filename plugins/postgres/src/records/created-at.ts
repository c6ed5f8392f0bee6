import type { JsonObject } from "@runnable/plugin";

/** When a run record says that it was made, as ISO 8601 in UTC; the present time for one that doesn't. */
export function createdAtOf(run: JsonObject): string {
  const time = typeof run["createdAt"] === "string" ? new Date(run["createdAt"]) : new Date();
  return (Number.isNaN(time.getTime()) ? new Date() : time).toISOString();
}
