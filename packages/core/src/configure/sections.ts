import { dirname, isAbsolute, relative, resolve } from "node:path";

import { executorBrand, storeBrand } from "@runnable/plugin";

import { isFileType } from "../discover/is-file-type.ts";
import { inCodeType, type Section, type SectionName } from "./config.ts";
import { checkKeys, problemAt, type Reading } from "./reading.ts";
import { defaultSection, defaultTypes, sectionNames } from "./section-names.ts";
import { readSettings } from "./settings.ts";
import { isAbsent, isMap, leafValue, treeAt } from "./tree.ts";

/** The four sections of a configuration. One that is absent or wrong has its default. */
export function readSections(reading: Reading): { readonly [name in SectionName]: Section } {
  const sections = sectionNames.map((name) => [
    name,
    readSection(reading, name) ?? defaultSection(name),
  ]);
  return Object.fromEntries(sections) as { readonly [name in SectionName]: Section };
}

function readSection(reading: Reading, name: SectionName): Section | undefined {
  const section = treeAt(reading.tree, [name]);
  if (isAbsent(section)) return undefined;
  const value = leafValue(section);
  if (isMade(value)) return { type: inCodeType, config: {}, at: [name], instance: value };
  if (!isMap(section)) {
    problemAt(reading, [name], {
      code: "CONFIG_VALUE",
      message: `${name} must be a map with a type`,
      hint: `Write the type below it, for example type: ${defaultTypes[name]}.`,
    });
    return undefined;
  }
  checkKeys(reading, [name], ["type", "config"]);
  const config = readSettings(reading, [name, "config"]);
  const type = readType(reading, name);
  return type === undefined ? undefined : { type, config, at: [name] };
}

function readType(reading: Reading, name: SectionName): string | undefined {
  const tree = treeAt(reading.tree, [name, "type"]);
  const type = leafValue(tree);
  if (typeof type === "string" && type !== "") {
    return isFileType(type) ? ofProject(type, tree?.at?.file, reading.projectDirectory) : type;
  }
  problemAt(reading, [name, "type"], {
    code: isAbsent(tree) ? "CONFIG_MISSING_KEY" : "CONFIG_VALUE",
    message: isAbsent(tree) ? `${name} has no type` : `${name}.type must be a text`,
    hint: `For example type: ${defaultTypes[name]}.`,
  });
  return undefined;
}

// A path means the directory of the file that names it, which may be an imported one.
function ofProject(type: string, namedIn: string | undefined, projectDirectory: string): string {
  if (isAbsolute(type)) return type;
  const from = namedIn === undefined ? projectDirectory : dirname(namedIn);
  const path = relative(projectDirectory, resolve(from, type));
  return path.startsWith("..") ? path : `./${path}`;
}

function isMade(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return executorBrand in value || storeBrand in value;
}
