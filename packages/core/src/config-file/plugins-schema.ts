import type { JsonObject } from "@runnable/plugin";

import { importPattern } from "./shared-definitions.ts";

const names: JsonObject = { type: ["array", "null"], items: { type: "string" } };

/** The schema of `plugins`. */
export const pluginsSchema: JsonObject = {
  description:
    "Further packages to look into, and the only ones that may be loaded. A list of packages, for short.",
  type: ["object", "array", "null"],
  items: { type: "string" },
  additionalProperties: false,
  properties: {
    packages: {
      description: "Packages to look into beyond the direct dependencies: names, or paths.",
      default: [],
      ...names,
    },
    allow: {
      description:
        "Packages that may be loaded, * for any letters; without it all. The project's own modules and what comes with runnable always may.",
      examples: [["@runnable/*"]],
      ...names,
    },
    resolve: {
      description:
        "Which package is meant by a name that several provide: full names by short ones.",
      examples: [{ gpu: "@acme/executors:gpu" }],
      type: ["object", "null"],
      additionalProperties: { type: "string", pattern: "^.+:.+$" },
    },
  },
  patternProperties: importPattern,
};
