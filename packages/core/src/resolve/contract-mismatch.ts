import type { Candidate } from "../discover/candidate.ts";
import type { Finding } from "../discover/finding.ts";
import { packageLocator } from "../discover/locate-package.ts";
import { parsePackageJson } from "../discover/package-json.ts";

/** The package that a plugin's `peerDependencies` names. */
const contractPackage = "@runnable/plugin";

/**
 * That the contract package which a plugin gets is not of the range it asks for: worth a warning and no more, since the api
 * numbers decide. Ranges that are no semver (`workspace:^`) are not judged.
 */
export async function contractMismatch({
  scope,
  provider,
}: Candidate): Promise<Finding | undefined> {
  // Released together with core; looking would cost each run of `local` 10 ms.
  if (scope === "built-in") return undefined;
  const { contract: wanted, packageName, version, directory } = provider;
  if (wanted === undefined || wanted === "*") return undefined;
  const installed = contractVersion(directory) ?? contractVersion(import.meta.dirname);
  if (installed === undefined || !(await isOutside(installed, wanted))) return undefined;
  return {
    code: "PLUGIN_CONTRACT_MISMATCH",
    message: `${packageName} ${version} wants ${contractPackage} ${wanted}; installed is ${installed}`,
    hint: `It is used all the same. A version of ${packageName} for ${contractPackage} ${installed} would be safer.`,
  };
}

function contractVersion(directory: string): string | undefined {
  const located = packageLocator(directory)(contractPackage);
  return located && parsePackageJson(located.bytes)?.version;
}

async function isOutside(version: string, range: string): Promise<boolean> {
  // As packages released together ask for each other; semver takes 8 ms to load.
  if (range === version || range === `^${version}`) return false;
  const [{ default: satisfies }, { default: validRange }] = await Promise.all([
    import("semver/functions/satisfies.js"),
    import("semver/ranges/valid.js"),
  ]);
  // A prerelease of a version counts as that version.
  return validRange(range) !== null && !satisfies(version, range, { includePrerelease: true });
}
