import path from "node:path";

import type { JsonObject } from "@runnable/plugin";

import type { Finding } from "./finding.ts";
import { isRecord, type PackageJson } from "./package-json.ts";
import { manifestKeys, serviceKinds, type ServiceKind } from "./service-kind.ts";

/** Why and since when a type should not be used any more. */
export interface Deprecation {
  readonly since?: string;
  readonly use?: string;
  readonly because?: string;
}

interface EntryNotes {
  readonly summary?: string;
  readonly aliases: readonly string[];
  readonly deprecated?: Deprecation;
}

/** A type whose module is in the package. Paths are relative to it. */
export interface ModuleEntry extends EntryNotes {
  readonly entry: string;
  /** Used in place of `entry` where the package is linked: its real path is outside `node_modules`. */
  readonly source?: string;
  /** JSON Schema file of the config. */
  readonly schema?: string;
  readonly kind?: "direct" | "remote";
  /** Module of the job side. */
  readonly jobSide?: string;
}

/** A type of another package under a name of this one. */
export interface RedirectEntry extends EntryNotes {
  /** `@acme/slurm:slurm`, as seen from this package. */
  readonly from: string;
  readonly defaults: JsonObject;
  /** Keys of the config, `a.b` for a nested one, that users may not set. */
  readonly locked: readonly string[];
}

/** The checked `runnable` field of a package.json. */
export interface Manifest {
  /** Versions of the contract that the package speaks. */
  readonly api: readonly number[];
  readonly entries: Readonly<Record<ServiceKind, ReadonlyMap<string, ModuleEntry | RedirectEntry>>>;
  /** What is wrong in it; the other entries hold. */
  readonly findings: readonly Finding[];
}

/** Checks the `runnable` field of a package.json; the short form of an entry, a path alone, becomes the long one. */
export function parseManifest(pkg: PackageJson): Manifest {
  const findings: Finding[] = [];
  const report = (what: string) =>
    findings.push({
      code: "PLUGIN_MANIFEST_INVALID",
      message: `${pkg.name || "package.json"} ${pkg.version} has an invalid "runnable" field: ${what}`,
      hint: `Report it to the author of ${pkg.name || "the package"}; its other types work.`,
    });
  const field = isRecord(pkg.runnable) ? pkg.runnable : {};
  if (!isRecord(pkg.runnable)) report(`it must be an object, got ${typeName(pkg.runnable)}`);

  const entries = Object.fromEntries(
    serviceKinds.map((kind) => [kind, entriesOf(manifestKeys[kind], field, report)]),
  ) as Record<ServiceKind, ReadonlyMap<string, ModuleEntry | RedirectEntry>>;
  return { api: apiOf(field["api"], report), entries, findings };
}

type Report = (what: string) => void;

function apiOf(value: unknown, report: Report): readonly number[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value ?? 1];
  const numbers = list.filter((item): item is number => Number.isInteger(item));
  if (numbers.length !== list.length || numbers.length === 0) {
    report("api must be an integer or a list of integers");
  }
  return numbers;
}

function entriesOf(
  key: string,
  field: { readonly [key: string]: unknown },
  report: Report,
): ReadonlyMap<string, ModuleEntry | RedirectEntry> {
  const value = field[key] ?? {};
  if (!isRecord(value)) {
    report(`${key} must be an object, got ${typeName(value)}`);
    return new Map();
  }
  const entries = new Map<string, ModuleEntry | RedirectEntry>();
  for (const [type, written] of Object.entries(value)) {
    const entry = parseEntry(written, (what) => report(`${key}.${type}${what}`));
    if (entry) entries.set(type, entry);
  }
  return entries;
}

function parseEntry(value: unknown, report: Report): ModuleEntry | RedirectEntry | undefined {
  if (typeof value === "string") return parseEntry({ entry: value }, report);
  if (!isRecord(value)) {
    report(` must be a path or an object, got ${typeName(value)}`);
    return undefined;
  }
  return value["from"] === undefined ? moduleEntry(value, report) : redirectEntry(value, report);
}

type Fields = { readonly [key: string]: unknown };

function moduleEntry(fields: Fields, report: Report): ModuleEntry | undefined {
  const wrong = ["entry", "source", "schema", "jobSide"].find(
    (key) => !isInnerPath(fields[key]) && (key === "entry" || fields[key] !== undefined),
  );
  if (wrong) {
    report(`.${wrong} must be a path within the package, for example "./dist/executor.js"`);
    return undefined;
  }
  const kind = fields["kind"];
  if (kind !== undefined && kind !== "direct" && kind !== "remote") {
    report(`.kind must be "direct" or "remote"`);
    return undefined;
  }
  const { entry, source, schema, jobSide } = fields as unknown as ModuleEntry;
  return {
    entry,
    ...(source && { source }),
    ...(schema && { schema }),
    ...(jobSide && { jobSide }),
    ...(kind && { kind }),
    ...notesOf(fields),
  };
}

function redirectEntry(fields: Fields, report: Report): RedirectEntry | undefined {
  const { from, defaults = {}, locked = [] } = fields;
  if (typeof from !== "string" || !splitQualified(from)) {
    report(`.from must be "package:type"`);
    return undefined;
  }
  if (!isRecord(defaults) || !isTexts(locked)) {
    report(".defaults must be an object and .locked a list of keys");
    return undefined;
  }
  // JSON.parse made it: it can hold nothing but JSON.
  return { from, defaults: defaults as JsonObject, locked, ...notesOf(fields) };
}

/** The parts of `@acme/pkg:name`; `undefined` for a short name. */
export function splitQualified(
  type: string,
): { readonly packageName: string; readonly name: string } | undefined {
  const colon = type.lastIndexOf(":");
  if (colon <= 0 || colon === type.length - 1) return undefined;
  return { packageName: type.slice(0, colon), name: type.slice(colon + 1) };
}

function notesOf(fields: Fields): EntryNotes {
  const { summary, aliases, deprecated } = fields;
  return {
    aliases: isTexts(aliases) ? aliases : [],
    ...(typeof summary === "string" && { summary }),
    ...(deprecated !== undefined &&
      deprecated !== false && { deprecated: deprecation(deprecated) }),
  };
}

function deprecation(value: unknown): Deprecation {
  if (typeof value === "string") return { because: value };
  const fields = isRecord(value) ? value : {};
  const texts = ["since", "use", "because"].filter((key) => typeof fields[key] === "string");
  return Object.fromEntries(texts.map((key) => [key, fields[key]]));
}

function isInnerPath(value: unknown): boolean {
  if (typeof value !== "string" || value === "" || path.isAbsolute(value)) return false;
  return !path.normalize(value).startsWith("..");
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return value === null ? "null" : typeof value;
}
