import type { JsonObject } from "@runnable/plugin";
import * as z from "zod/mini";

const jsonObject = z.record(z.string(), z.json());

/** A fact as it stands in a table. @throws Error when it is no JSON object: somebody else wrote it. */
export function parseRecord(text: unknown): JsonObject {
  return jsonObject.parse(JSON.parse(String(text)));
}
