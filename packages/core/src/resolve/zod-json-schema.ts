import type { Schema } from "@runnable/plugin";
import { toJSONSchema, type $ZodType } from "zod/v4/core";

/** The JSON Schema of a zod 4 schema, also of `zod/mini`, which has no `~standard.jsonSchema`. What JSON Schema can't say is left open. */
export function zodJsonSchema(schema: Schema): unknown {
  // Whoever calls has seen `_zod`; zod reads nothing else.
  return toJSONSchema(schema as unknown as $ZodType, {
    target: "draft-07",
    io: "input",
    unrepresentable: "any",
  });
}
