import type { JsonObject } from "@runnable/plugin";

import type { Config, SectionName } from "../configure/config.ts";
import { readConfig } from "../configure/read-config.ts";
import { sectionNames } from "../configure/section-names.ts";
import { createDiscovery } from "../discover/discovery.ts";
import type { Finding } from "../discover/finding.ts";
import { demandsBelow, unlessImported } from "./demands-of.ts";
import { describedTypes, type DescribedType } from "./described-types.ts";
import { pluginsSchema } from "./plugins-schema.ts";
import {
  executorsDemands,
  executorsSchema,
  sectionDemands,
  sectionSchema,
} from "./section-schema.ts";
import { importProperty, sharedDefinitions } from "./shared-definitions.ts";
import { writtenSchema } from "./written-schema.ts";

/** Where a schema is for. */
export interface ComposeSchemaOptions {
  /** Absolute. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** `--config`: its `plugins` are looked into as well. */
  readonly configFile?: string;
}

/** A schema, and what could not be described. */
export interface ComposedConfigSchema {
  /** JSON Schema draft-07. */
  readonly schema: JsonObject;
  /** Of the types in it. */
  readonly types: { readonly [name in SectionName]: number };
  readonly warnings: readonly Finding[];
}

/**
 * The JSON Schema of a whole configuration file, for editors: every key with its documentation, the installed types, and the
 * settings of each. The same installation gives the same text. Plugins without a schema file are imported; one that can't be is
 * left undocumented, with a warning.
 */
export async function composeConfigSchema(
  options: ComposeSchemaOptions,
): Promise<ComposedConfigSchema> {
  const { cwd, env, configFile } = options;
  const config = await readConfig({
    cwd,
    env,
    ...(configFile !== undefined && { file: configFile }),
  });
  const { projectDirectory, plugins } = config;
  const discovery = createDiscovery({ projectDirectory, ...plugins });
  const kinds = await Promise.all(
    sectionNames.map(async (kind) => ({
      kind,
      ...(await describedTypes(discovery, kind, writtenTypes(config, kind))),
    })),
  );
  const byKind = Object.fromEntries(kinds.map(({ kind, types }) => [kind, types])) as TypesByKind;
  return {
    schema: wholeSchema(byKind),
    types: Object.fromEntries(kinds.map(({ kind, types }) => [kind, types.length])) as {
      readonly [name in SectionName]: number;
    },
    warnings: kinds.flatMap(({ findings }) => findings),
  };
}

type TypesByKind = { readonly [name in SectionName]: readonly DescribedType[] };

function writtenTypes({ sections, executors }: Config, kind: SectionName): readonly string[] {
  const others = kind === "job-executor" ? executors : [];
  return [sections[kind], ...others].map(({ type }) => type);
}

const descriptions: { readonly [name in SectionName]: string } = {
  "job-executor": "Where the job runs. Without it: local, in the process of the command.",
  "run-log-store": "Where records are kept. Without it: file-system, in .run_log_store.",
  catalog: "Where files are kept. Without it: file-system, in .catalog.",
  secrets: "Where secret values come from. Without it: env-secrets, the environment.",
};

function wholeSchema(types: TypesByKind): JsonObject {
  const sections = sectionNames.map((name) => [
    name,
    sectionSchema(descriptions[name], types[name]),
  ]);
  const properties: JsonObject = {
    ...importProperty,
    ...(Object.fromEntries(sections) as JsonObject),
    "job-executors": executorsSchema(
      "Settings for `--executor TYPE`, by type.",
      types["job-executor"],
    ),
    plugins: pluginsSchema,
  };
  const demands = sectionNames.map((name) => [name, sectionDemands(types[name])] as const);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    type: ["object", "null"],
    additionalProperties: false,
    properties,
    patternProperties: { ...otherSpellings(properties), ...accepted },
    // What a file builds upon may have what it leaves out.
    ...unlessImported(
      demandsBelow([...demands, ["job-executors", executorsDemands(types["job-executor"])]]),
    ),
    definitions: { ...sharedDefinitions, ...settingsOf(Object.values(types).flat()) },
  };
}

/** Sections may be written with `_`; a pattern allows it without offering it. */
function otherSpellings(properties: JsonObject): JsonObject {
  const dashed = Object.keys(properties).filter((name) => name.includes("-"));
  return Object.fromEntries(
    dashed.map((name) => [`^${name.replaceAll("-", "_")}$`, { $ref: `#/properties/${name}` }]),
  );
}

/** Sections of the original tool that change nothing, and what JSON files say to their editor. */
const accepted: JsonObject = {
  "^pipeline[-_]executor$": {
    description: "Pipelines are not part of runnable.",
    properties: { type: { const: "local" } },
  },
  "^pickler$": { properties: { type: { const: "pickle" } } },
  [String.raw`^\$schema$`]: { type: "string" },
};

function settingsOf(types: readonly DescribedType[]): JsonObject {
  const undocumented = { type: ["object", "null"] };
  return Object.fromEntries(
    types.map(({ definition, schema, about }) => [
      definition,
      { description: about, ...(schema ? writtenSchema(schema, definition) : undocumented) },
    ]),
  );
}
