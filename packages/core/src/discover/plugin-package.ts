import { realpathSync } from "node:fs";
import path from "node:path";

import type { PackageFinding } from "./finding.ts";
import type { LocatedPackage } from "./locate-package.ts";
import type { Manifest } from "./manifest.ts";
import { parsePackageJson } from "./package-json.ts";
import { parseManifest } from "./parse-manifest.ts";
import type { ReadFile } from "./read-file.ts";

/** A package that has a manifest. */
export interface PluginPackage {
  readonly packageName: string;
  readonly version: string;
  /** Real path. */
  readonly directory: string;
  /** The range that its `peerDependencies` gives for `@runnable/plugin`. */
  readonly contract: string | undefined;
  readonly read: ReadFile;
  readonly manifest: Manifest;
}

/** The package as a plugin; `undefined` when it is none. Only bytes that hold `"runnable"` are parsed. */
export function pluginPackage(located: LocatedPackage): PluginPackage | PackageFinding | undefined {
  if (!located.bytes.includes('"runnable"')) return undefined;
  const pkg = parsePackageJson(located.bytes);
  if (!pkg) return notJson(located.directory);
  if (pkg.runnable === undefined) return undefined;
  return {
    packageName: pkg.name,
    version: pkg.version,
    // Under Yarn PnP a path inside an archive is its own real path.
    directory: process.versions["pnp"] ? located.directory : realpathSync(located.directory),
    contract: pkg.contract,
    read: located.read,
    manifest: parseManifest(pkg),
  };
}

/** A package.json that is not JSON, its bytes damaged or a merge left open. */
export function notJson(directory: string): PackageFinding {
  return {
    about: { packageName: path.basename(directory), version: "" },
    code: "PLUGIN_MANIFEST_INVALID",
    message: `${path.join(directory, "package.json")} is not JSON`,
  };
}
