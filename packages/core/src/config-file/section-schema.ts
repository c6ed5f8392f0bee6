import type { JsonObject } from "@runnable/plugin";

import { demandsBelow, demandsOf, unlessImported } from "./demands-of.ts";
import type { DescribedType } from "./described-types.ts";
import { importPattern, importProperty, variableText } from "./shared-definitions.ts";
import { definitionPath } from "./written-schema.ts";

/** The schema of a section with `type` and `config`: what settings there are depends on the type. */
export function sectionSchema(description: string, types: readonly DescribedType[]): JsonObject {
  return {
    description,
    type: ["object", "null"],
    additionalProperties: false,
    properties: {
      ...importProperty,
      type: typeSchema(types),
      config: { description: "Settings of the type.", type: ["object", "null"] },
    },
    allOf: types.map((type) =>
      whereType(type, {
        properties: {
          ...(type.deprecation && { type: { deprecationMessage: type.deprecation } }),
          config: { $ref: definitionPath(type.definition) },
        },
      }),
    ),
  };
}

/** What a section must hold in a file that builds upon no other. */
export function sectionDemands(types: readonly DescribedType[]): JsonObject {
  const settings = types.flatMap((type) => {
    const demands = settingsDemands(type);
    return demands ? [whereType(type, demands)] : [];
  });
  return unlessImported({ required: ["type"], ...(settings.length > 0 && { allOf: settings }) });
}

/** The same of `job-executors`. */
export function executorsDemands(types: readonly DescribedType[]): JsonObject {
  const entries = types.flatMap((type) => {
    const demands = settingsDemands(type);
    return demands ? type.names.map((name) => [name, unlessImported(demands)] as const) : [];
  });
  return unlessImported(demandsBelow(entries));
}

function settingsDemands({ schema }: DescribedType): JsonObject | undefined {
  const demands = demandsOf(schema);
  if (!demands) return undefined;
  const required = Array.isArray(schema?.["required"]) ? { required: ["config"] } : {};
  return { ...required, ...demandsBelow([["config", { type: "object", ...demands }]]) };
}

/** The schema of `job-executors`: settings by type. */
export function executorsSchema(description: string, types: readonly DescribedType[]): JsonObject {
  const entries = types.flatMap(({ names, about, definition, deprecation }) =>
    names.map((name) => [
      name,
      {
        ...entrySchema({ $ref: definitionPath(definition) }),
        description: about,
        ...(deprecation && { deprecationMessage: deprecation }),
      },
    ]),
  );
  return {
    description,
    type: ["object", "null"],
    additionalProperties: false,
    properties: Object.fromEntries(entries),
    // A module of the project.
    patternProperties: {
      ...importPattern,
      [modulePath]: entrySchema({ type: ["object", "null"] }),
    },
  };
}

function entrySchema(config: JsonObject): JsonObject {
  return {
    type: ["object", "null"],
    additionalProperties: false,
    properties: { config },
    patternProperties: importPattern,
  };
}

const modulePath = String.raw`^(\.{1,2}/|/)`;

function typeSchema(types: readonly DescribedType[]): JsonObject {
  const all = types.flatMap((type) => type.names.map((name) => [name, type.about] as const));
  // What is commonly written comes first.
  const names = all.toSorted(([a], [b]) => Number(a.includes(":")) - Number(b.includes(":")));
  return {
    description:
      'What does the work: a type of an installed package, "package:type", or ./file.ts of the project.',
    anyOf: [
      { enum: names.map(([name]) => name), enumDescriptions: names.map(([, about]) => about) },
      { type: "string", pattern: modulePath },
      variableText,
    ],
  };
}

function whereType({ names }: Pick<DescribedType, "names">, schema: JsonObject): JsonObject {
  const isOfType = { properties: { type: { enum: names } }, required: ["type"] };
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  return { if: isOfType, then: schema };
}
