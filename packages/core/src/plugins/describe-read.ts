import path from "node:path";

import { parsePackageJson } from "../discover/package-json.ts";
import { pluginPackage } from "../discover/plugin-package.ts";
import { readIfThere } from "../discover/read-file.ts";
import { manifestKeys, serviceKinds } from "../discover/service-kind.ts";

/** What a package.json says of types: `@acme/x 1.0.0: executors hpc, gpu`. */
export function describeRead(
  file: string,
  bytes: Buffer,
): { readonly text: string; readonly providesTypes: boolean } {
  const pkg = parsePackageJson(bytes);
  if (!pkg) return { text: "it is not JSON", providesTypes: true };
  const name = `${pkg.name || "a package without a name"} ${pkg.version}`;
  const plugin = pluginPackage({ directory: path.dirname(file), bytes, read: readIfThere });
  if (!plugin || "code" in plugin) return { text: `${name}: no types`, providesTypes: false };
  const { entries, findings } = plugin.manifest;
  const types = serviceKinds
    .filter((kind) => entries[kind].size > 0)
    .map((kind) => `${manifestKeys[kind]} ${[...entries[kind].keys()].join(", ")}`);
  const wrong = findings.length > 0 ? ["something is wrong in it"] : [];
  const text = `${name}: ${[...types, ...wrong].join("; ") || "no types"}`;
  return { text, providesTypes: true };
}
