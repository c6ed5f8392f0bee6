import path from "node:path";

import { definitionOf } from "../packages/core/src/resolve/factory.ts";
import { jsonSchemaOf } from "../packages/core/src/resolve/json-schema-of.ts";
import type { JsonObject } from "../packages/plugin/src/json.ts";
import { documentedInterfaces, type DocumentedInterface } from "./doc-comments.ts";
import { workspacePackages } from "./workspace-packages.ts";

/** The JSON Schema file of one type's settings. */
export interface SchemaFile {
  /** Absolute. */
  readonly file: string;
  /** `@runnable/core file-system`. */
  readonly name: string;
  readonly text: string;
  /** Keys without a description. */
  readonly undocumented: readonly string[];
}

interface Entry {
  readonly name: string;
  readonly source: string;
  readonly file: string;
}

/**
 * The schema files that the manifests of the workspace name: made of the schemas in code, with the comments of the interface that
 * describes the settings. They are committed, so that nothing is imported, and nothing described, when a job is run.
 */
export async function configSchemas(): Promise<readonly SchemaFile[]> {
  const entries = workspacePackages().flatMap(({ folder, manifest }) =>
    entriesOf(manifest.runnable).map(([type, { source, schema }]) => ({
      name: `${manifest.name} ${type}`,
      source: path.join(folder, source),
      file: path.join(folder, schema),
    })),
  );
  return await Promise.all(entries.map(schemaFile));
}

/** Types of the workspace's manifests that name no schema file. */
export function typesWithoutSchema(): readonly string[] {
  return workspacePackages().flatMap(({ manifest }) =>
    allEntries(manifest.runnable)
      .filter(([, entry]) => !isDescribed(entry))
      .map(([type]) => `${manifest.name} ${type}`),
  );
}

interface DescribedEntry {
  readonly source: string;
  readonly schema: string;
}

function entriesOf(runnable: unknown): readonly (readonly [string, DescribedEntry])[] {
  return allEntries(runnable).flatMap(([type, entry]) =>
    isDescribed(entry) ? [[type, entry] as const] : [],
  );
}

function allEntries(runnable: unknown): readonly (readonly [string, unknown])[] {
  const groups = Object.values(runnable ?? {}) as readonly unknown[];
  return groups.flatMap((group) => (typeof group === "object" ? Object.entries(group ?? {}) : []));
}

function isDescribed(entry: unknown): entry is DescribedEntry {
  return typeof entry === "object" && entry !== null && "source" in entry && "schema" in entry;
}

async function schemaFile({ name, source, file }: Entry): Promise<SchemaFile> {
  const { default: factory } = (await import(source)) as { readonly default: unknown };
  const definition = definitionOf(factory)?.definition;
  const schema = definition && (await jsonSchemaOf(definition.config));
  if (!schema) throw new Error(`${source} exports no factory whose schema zod can show`);
  const { $schema, ...json } = schema;
  const interfaces = documentedInterfaces(source);
  const undocumented: string[] = [];
  const described = describe(json, interfaceOf(json, interfaces), { interfaces, undocumented });
  const text = `${JSON.stringify({ $schema, ...described }, undefined, 2)}\n`;
  return { file, name, text, undocumented };
}

interface Sources {
  readonly interfaces: readonly DocumentedInterface[];
  readonly undocumented: string[];
}

/** The interface that has every key, by convention called `…Config`. */
function interfaceOf(
  schema: JsonObject,
  interfaces: readonly DocumentedInterface[],
): DocumentedInterface | undefined {
  const keys = Object.keys(schema["properties"] ?? {});
  return interfaces.find(
    ({ name, keys: known }) => name.endsWith("Config") && keys.every((key) => known.has(key)),
  );
}

function describe(
  schema: JsonObject,
  documented: DocumentedInterface | undefined,
  sources: Sources,
): JsonObject {
  const properties = Object.entries((schema["properties"] ?? {}) as JsonObject).map(
    ([key, value]) => {
      const { doc, type } = documented?.keys.get(key) ?? { doc: "", type: "" };
      if (doc === "") sources.undocumented.push(key);
      const inner = sources.interfaces.find(({ name }) =>
        new RegExp(`\\b${name}\\b`, "u").test(type),
      );
      const property = within(value as JsonObject, inner, sources);
      const description = "default" in property ? withoutDefault(doc) : doc;
      return [key, { ...(doc !== "" && { description }), ...property }];
    },
  );
  return properties.length === 0
    ? schema
    : { ...schema, properties: Object.fromEntries(properties) as JsonObject };
}

/** A schema has a word of its own for it. */
function withoutDefault(doc: string): string {
  return doc.replace(/[.;] [Dd]efault (?:`[^`]*`|[^.`]*)\.$/u, ".");
}

/** Into maps and into the items of lists. */
function within(
  schema: JsonObject,
  documented: DocumentedInterface | undefined,
  sources: Sources,
): JsonObject {
  const { items } = schema;
  if (typeof items === "object" && items !== null && "properties" in items) {
    return { ...schema, items: describe(items, documented, sources) };
  }
  return describe(schema, documented, sources);
}
