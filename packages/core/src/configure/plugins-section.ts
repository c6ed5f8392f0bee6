import { splitQualified } from "../discover/qualified-name.ts";
import type { Config } from "./config.ts";
import { checkKeys, problemAt, type Reading } from "./reading.ts";
import { isAbsent, isList, isMap, leafValue, treeAt, type KeyPath } from "./tree.ts";

/** The section `plugins`: `{ packages, allow, resolve }`, or a list of packages. */
export function readPlugins(reading: Reading): Config["plugins"] {
  const section = treeAt(reading.tree, ["plugins"]);
  if (!isMap(section)) return { packages: names(reading, ["plugins"]) ?? [], allow: undefined };
  checkKeys(reading, ["plugins"], ["packages", "allow", "resolve"]);
  return {
    packages: names(reading, ["plugins", "packages"]) ?? [],
    allow: names(reading, ["plugins", "allow"]),
    resolve: fullNames(reading, ["plugins", "resolve"]),
  };
}

function fullNames(reading: Reading, at: KeyPath): Readonly<Record<string, string>> {
  const tree = treeAt(reading.tree, at);
  if (isAbsent(tree)) return {};
  if (!isMap(tree)) {
    problemAt(reading, at, {
      code: "CONFIG_VALUE",
      message: `${at.join(".")} must be a map of full names by short ones`,
      hint: 'For example gpu: "@acme/executors:gpu".',
    });
    return {};
  }
  const entries = [...tree.entries].map(([type, value]) => [type, leafValue(value)] as const);
  const wrong = entries.filter(([, name]) => typeof name !== "string" || !splitQualified(name));
  for (const [type] of wrong) {
    problemAt(reading, [...at, type], {
      code: "CONFIG_VALUE",
      message: `${at.join(".")}.${type} must be a full name`,
      hint: `For example "@acme/executors:${type}"; keep the quotes, YAML reserves @.`,
    });
  }
  return Object.fromEntries(
    entries.filter((entry): entry is readonly [string, string] => typeof entry[1] === "string"),
  );
}

function names(reading: Reading, at: KeyPath): readonly string[] | undefined {
  const tree = treeAt(reading.tree, at);
  if (isAbsent(tree)) return undefined;
  const values = isList(tree) ? tree.items.map(leafValue) : [undefined];
  if (values.every((value) => typeof value === "string")) return values;
  problemAt(reading, at, {
    code: "CONFIG_VALUE",
    message: `${at.join(".")} must be a list of package names`,
  });
  return [];
}
