import type { Config } from "./config.ts";
import { checkKeys, problemAt, type Reading } from "./reading.ts";
import { isAbsent, isList, isMap, leafValue, treeAt, type KeyPath } from "./tree.ts";

/** The section `plugins`: `{ packages, allow }`, or a list of packages. */
export function readPlugins(reading: Reading): Config["plugins"] {
  const section = treeAt(reading.tree, ["plugins"]);
  if (!isMap(section)) return { packages: names(reading, ["plugins"]) ?? [], allow: undefined };
  checkKeys(reading, ["plugins"], ["packages", "allow"]);
  return {
    packages: names(reading, ["plugins", "packages"]) ?? [],
    allow: names(reading, ["plugins", "allow"]),
  };
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
