import type { JsonObject } from "@runnable/plugin";

import { problemAt, type Reading } from "./reading.ts";
import {
  isAbsent,
  isJsonScalar,
  isList,
  isMap,
  toJson,
  treeAt,
  type KeyPath,
  type Tree,
} from "./tree.ts";

/** The settings at a path as JSON; `{}` where there are none. What is no JSON is reported. */
export function readSettings(reading: Reading, at: KeyPath): JsonObject {
  const tree = treeAt(reading.tree, at);
  if (isAbsent(tree)) return {};
  if (isMap(tree)) {
    checkJson(reading, at, tree);
    return toJson(tree) as JsonObject;
  }
  problemAt(reading, at, {
    code: "CONFIG_VALUE",
    message: `${at.join(".")} must be a map of settings`,
  });
  return {};
}

/** YAML has infinities; a module can hold functions, dates and more. */
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
