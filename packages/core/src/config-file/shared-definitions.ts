import type { JsonObject } from "@runnable/plugin";

/** Definitions of the whole schema that its parts refer to. */
export const sharedDefinitions: JsonObject = {
  import: {
    description:
      "A file, or several, to build upon: a path relative to this file, or a file of a package. What stands here wins.",
    anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }],
  },
  variable: { type: "string", pattern: String.raw`\$\{[A-Za-z_]\w*\}` },
};

/** `$import`, offered. */
export const importProperty: JsonObject = { $import: { $ref: "#/definitions/import" } };

/** `$import`, allowed and not offered. */
export const importPattern: JsonObject = {
  [String.raw`^\$import$`]: { $ref: "#/definitions/import" },
};

/** A text with `${NAME}` in it. */
export const variableText: JsonObject = { $ref: "#/definitions/variable" };
