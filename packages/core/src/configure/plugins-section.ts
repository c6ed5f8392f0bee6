import type { Config } from "./config.ts";
import { checkKeys, problemAt, type Reading } from "./sections.ts";
import { isList, isMap, leafValue, type KeyPath, type Tree } from "./tree.ts";

/** The section `plugins`: `{ packages, allow }`, or a list of packages. */
export function readPlugins(reading: Reading): Config["plugins"] {
  const section = isMap(reading.tree) ? reading.tree.entries.get("plugins") : undefined;
  if (section === undefined || leafValue(section) === null)
    return { packages: [], allow: undefined };
  if (isList(section))
    return { packages: texts(reading, ["plugins"], section) ?? [], allow: undefined };
  if (!isMap(section)) {
    problemAt(reading, ["plugins"], notAList("plugins"));
    return { packages: [], allow: undefined };
  }
  checkKeys(reading, ["plugins"], ["packages", "allow"]);
  return {
    packages: texts(reading, ["plugins", "packages"], section.entries.get("packages")) ?? [],
    allow: texts(reading, ["plugins", "allow"], section.entries.get("allow")),
  };
}

function texts(
  reading: Reading,
  at: KeyPath,
  tree: Tree | undefined,
): readonly string[] | undefined {
  if (tree === undefined || leafValue(tree) === null) return undefined;
  const values = isList(tree) ? tree.items.map(leafValue) : [undefined];
  if (values.every((value) => typeof value === "string")) return values;
  problemAt(reading, at, notAList(at.join(".")));
  return [];
}

function notAList(name: string): { readonly code: string; readonly message: string } {
  return { code: "CONFIG_VALUE", message: `${name} must be a list of package names` };
}
