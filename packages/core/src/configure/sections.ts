import path from "node:path";

import { executorBrand, storeBrand, type JsonObject } from "@runnable/plugin";

import { isFileType } from "../discover/file-type.ts";
import { closestName } from "../jobs/closest-name.ts";
import { inCodeType, type Section, type SectionName } from "./config.ts";
import type { Reporter } from "./reporter.ts";
import { defaultTypes, rootKeys, sectionNames } from "./section-names.ts";
import {
  isJsonScalar,
  isList,
  isMap,
  leafValue,
  locateIn,
  toJson,
  type KeyPath,
  type Tree,
} from "./tree.ts";

/** A substituted configuration that is being taken apart. */
export interface Reading {
  readonly tree: Tree;
  readonly projectDirectory: string;
  readonly report: Reporter;
}

/** The four sections of a file. One that is absent or wrong has its default. */
export function readSections(reading: Reading): { readonly [name in SectionName]: Section } {
  checkKeys(reading, [], rootKeys);
  refusePipelines(reading);
  const sections = sectionNames.map((name) => [
    name,
    readSection(reading, name) ?? defaultSection(name),
  ]);
  return Object.fromEntries(sections) as { readonly [name in SectionName]: Section };
}

/** The section that holds without a file. */
export function defaultSection(name: SectionName): Section {
  return { type: defaultTypes[name], config: {}, at: undefined };
}

/** A problem at a path of the configuration. */
export function problemAt(
  { tree, report }: Reading,
  path: KeyPath,
  problem: { readonly code: string; readonly message: string; readonly hint?: string },
): void {
  const position = locateIn(tree, path);
  report({ ...problem, path, ...(position && { position }) });
}

/** Reports the keys of the map at a path that are not among the known ones. */
export function checkKeys(reading: Reading, at: KeyPath, known: readonly string[]): void {
  const map = at.reduce<Tree | undefined>(
    (tree, key) => (isMap(tree) ? tree.entries.get(String(key)) : undefined),
    reading.tree,
  );
  if (!isMap(map)) return;
  for (const key of map.entries.keys()) {
    if (known.includes(key)) continue;
    const near = closestName(key, known);
    const fallback =
      at.length === 0
        ? `Sections are ${known.slice(0, -2).join(", ")}.`
        : `Known here: ${known.join(", ")}.`;
    problemAt(reading, [...at, key], {
      code: at.length === 0 ? "CONFIG_UNKNOWN_SECTION" : "CONFIG_UNKNOWN_KEY",
      message:
        at.length === 0
          ? `there is no section "${key}"`
          : `"${key}" is not a key of ${at.join(".")}`,
      hint: near === undefined ? fallback : `Did you mean "${near}"?`,
    });
  }
}

/** The `config` below a path as JSON; `{}` where there is none. */
export function readConfigValue(reading: Reading, at: KeyPath, tree: Tree | undefined): JsonObject {
  if (tree === undefined || leafValue(tree) === null) return {};
  if (!isMap(tree)) {
    problemAt(reading, at, {
      code: "CONFIG_VALUE",
      message: `${at.join(".")} must be a map of settings`,
    });
    return {};
  }
  checkJson(reading, at, tree);
  return toJson(tree) as JsonObject;
}

function readSection(reading: Reading, name: SectionName): Section | undefined {
  const section = isMap(reading.tree) ? reading.tree.entries.get(name) : undefined;
  if (section === undefined || leafValue(section) === null) return undefined;
  const made = leafValue(section);
  if (isMade(made)) return { type: inCodeType, config: {}, at: [name], instance: made };
  if (!isMap(section)) {
    const hint = `Write the type below it: ${name}: { type: … }.`;
    problemAt(reading, [name], {
      code: "CONFIG_VALUE",
      message: `${name} must be a map with a type`,
      hint,
    });
    return undefined;
  }
  checkKeys(reading, [name], ["type", "config"]);
  const config = readConfigValue(reading, [name, "config"], section.entries.get("config"));
  const type = readType(reading, name, section.entries.get("type"));
  return type === undefined ? undefined : { type, config, at: [name] };
}

function readType(reading: Reading, name: SectionName, tree: Tree | undefined): string | undefined {
  const type = leafValue(tree);
  if (typeof type === "string" && type !== "") return fromProject(type, tree, reading);
  problemAt(reading, [name, "type"], {
    code: tree === undefined ? "CONFIG_MISSING_KEY" : "CONFIG_VALUE",
    message: tree === undefined ? `${name} has no type` : `${name}.type must be a text`,
    hint: `For example: type: ${defaultTypes[name]}.`,
  });
  return undefined;
}

// A path means the directory of the file that names it, which may be an imported one.
function fromProject(type: string, tree: Tree | undefined, { projectDirectory }: Reading): string {
  if (!isFileType(type) || path.isAbsolute(type)) return type;
  const file = tree?.at?.file;
  const absolute = path.resolve(file ? path.dirname(file) : projectDirectory, type);
  const relative = path.relative(projectDirectory, absolute);
  return relative.startsWith("..") ? relative : `./${relative}`;
}

function isMade(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return executorBrand in value || storeBrand in value;
}

/** What only a module can hold: functions, dates, NaN. */
function checkJson(reading: Reading, at: KeyPath, tree: Tree): void {
  if (isMap(tree)) {
    for (const [key, value] of tree.entries) checkJson(reading, [...at, key], value);
  } else if (isList(tree)) {
    for (const [index, item] of tree.items.entries()) checkJson(reading, [...at, index], item);
  } else if (!isJsonScalar(tree.value)) {
    problemAt(reading, at, {
      code: "CONFIG_VALUE",
      message: `${at.join(".")} must be a text, a finite number, true, false, null, a list or a map`,
    });
  }
}

// Files of the original tool name these services of pipelines; silence would be a lie where they would have an effect.
function refusePipelines(reading: Reading): void {
  const harmless = { "pipeline-executor": ["local"], pickler: ["pickle"] };
  for (const [name, types] of Object.entries(harmless)) {
    const section = isMap(reading.tree) ? reading.tree.entries.get(name) : undefined;
    if (section === undefined || leafValue(section) === null) continue;
    const type = isMap(section) ? leafValue(section.entries.get("type")) : undefined;
    if (typeof type === "string" && types.includes(type)) continue;
    problemAt(reading, [name], {
      code: "CONFIG_PIPELINE",
      message:
        name === "pickler" ? `the only pickler is "pickle"` : "pipelines are not part of runnable",
      hint: `Remove the section ${name}.`,
    });
  }
}
