import { isAbsolute, join, resolve } from "node:path";

import { isFile } from "../discover/is-file.ts";
import { packageLocator } from "../discover/locate-package.ts";

/** The file that `$import` names: `./base.yaml` beside the importing file, or `@acme/x/base.yaml` of a package that the importing file sees; `undefined` if it is not there. */
export function importedFile(name: string, directory: string): string | undefined {
  const file = isPath(name) ? resolve(directory, name) : packageFile(name, directory);
  return isFile(file) ? file : undefined;
}

function isPath(name: string): boolean {
  return name.startsWith(".") || isAbsolute(name) || !name.includes("/");
}

function packageFile(name: string, directory: string): string {
  const parts = name.split("/");
  const nameLength = name.startsWith("@") ? 2 : 1;
  const located = packageLocator(directory)(parts.slice(0, nameLength).join("/"));
  if (located) return join(located.directory, ...parts.slice(nameLength));
  // `configs/base.yaml` is a path when there is no package `configs`.
  return resolve(directory, name);
}
