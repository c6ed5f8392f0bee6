import path from "node:path";

import type { JsonObject } from "@runnable/plugin";

import type {
  Deprecation,
  EntryNotes,
  JobSideEntry,
  ModuleEntry,
  RedirectEntry,
} from "./manifest.ts";
import { isRecord } from "./package-json.ts";
import { splitQualified } from "./qualified-name.ts";
import { typeName } from "./type-name.ts";

type Fields = { readonly [key: string]: unknown };

/** Checks an entry of a manifest; gives a text, to be put behind its name, when it is wrong. */
export function parseEntry(value: unknown): ModuleEntry | RedirectEntry | string {
  if (typeof value === "string") return parseEntry({ entry: value });
  if (!isRecord(value)) return ` must be a path or an object, got ${typeName(value)}`;
  return value["from"] === undefined ? moduleEntry(value) : redirectEntry(value);
}

function moduleEntry(fields: Fields): ModuleEntry | string {
  const { entry, source, schema, jobSide, kind } = fields;
  if (!isInnerPath(entry)) return notInner("entry");
  if (source !== undefined && !isInnerPath(source)) return notInner("source");
  if (schema !== undefined && !isInnerPath(schema)) return notInner("schema");
  const around = jobSide === undefined ? undefined : jobSideEntry(jobSide);
  if (typeof around === "string") return around;
  if (kind !== undefined && kind !== "direct" && kind !== "remote") {
    return '.kind must be "direct" or "remote"';
  }
  return {
    entry,
    ...(source !== undefined && { source }),
    ...(schema !== undefined && { schema }),
    ...(around && { jobSide: around }),
    ...(kind !== undefined && { kind }),
    ...notesOf(fields),
  };
}

function jobSideEntry(value: unknown): JobSideEntry | string {
  const { entry, source, config = [] } = isRecord(value) ? value : { entry: value };
  if (!isInnerPath(entry)) return notInner("jobSide");
  if (source !== undefined && !isInnerPath(source)) return notInner("jobSide.source");
  if (!isTexts(config)) return ".jobSide.config must be a list of keys";
  return { entry, ...(source !== undefined && { source }), config };
}

function redirectEntry(fields: Fields): RedirectEntry | string {
  const { from, defaults = {}, locked = [] } = fields;
  if (typeof from !== "string" || !splitQualified(from)) return '.from must be "package:type"';
  if (!isRecord(defaults)) return ".defaults must be an object";
  if (!isTexts(locked)) return ".locked must be a list of keys";
  // JSON.parse made it: it can hold nothing but JSON.
  return { from, defaults: defaults as JsonObject, locked, ...notesOf(fields) };
}

function notesOf({ summary, aliases, deprecated }: Fields): EntryNotes {
  const isDeprecated = deprecated !== undefined && deprecated !== false;
  return {
    aliases: isTexts(aliases) ? aliases : [],
    ...(typeof summary === "string" && { summary }),
    ...(isDeprecated && { deprecated: deprecation(deprecated) }),
  };
}

function deprecation(value: unknown): Deprecation {
  if (typeof value === "string") return { because: value };
  const fields = isRecord(value) ? value : {};
  const texts = ["since", "use", "because"].filter((key) => typeof fields[key] === "string");
  return Object.fromEntries(texts.map((key) => [key, fields[key]]));
}

function isInnerPath(value: unknown): value is string {
  if (typeof value !== "string" || value === "" || path.isAbsolute(value)) return false;
  return !path.normalize(value).startsWith("..");
}

function notInner(key: string): string {
  return `.${key} must be a path within the package, for example "./dist/executor.js"`;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
