import { nearestPackageDirectory, readPackageJson } from "./package-json.ts";

/** Version of the core that runs; empty in a bundle, which has no package.json. */
export function coreVersion(): string {
  const directory = nearestPackageDirectory(import.meta.dirname);
  const pkg = directory === undefined ? undefined : readPackageJson(directory);
  return pkg?.name === "@runnable/core" ? pkg.version : "";
}
