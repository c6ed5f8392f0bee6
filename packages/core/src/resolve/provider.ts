import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { inCodeType, type Config } from "../configure/config.ts";
import type { Candidate } from "../discover/candidate.ts";
import { nearestPackageDirectory, readPackageJson } from "../discover/package-json.ts";
import { nodeCrypto } from "../files/node-crypto.ts";
import { lockfileIntegrity } from "./lockfile-integrity.ts";
import type { Provider } from "./resolved.ts";
import type { StaticPlugin } from "./static-plugin.ts";

/** Who provides a type, for the record. */
export function providerOf(candidate: Candidate, type: string): Provider {
  const { provider, entry, jobSide } = candidate;
  const integrity = lockfileIntegrity(provider);
  return {
    type,
    package: provider.packageName,
    version: provider.version,
    ...(integrity !== undefined && { integrity }),
    entry,
    ...(jobSide && { jobSide }),
    // Read when it is recorded: whoever looks back records nothing.
    get digest() {
      return digestOf(entry);
    },
  };
}

function digestOf(file: string): string {
  return `sha256:${nodeCrypto().createHash("sha256").update(readFileSync(file)).digest("hex")}`;
}

/** The project itself, for an object that it made in code. */
export function inCodeProvider(config: Config): Provider {
  const directory = nearestPackageDirectory(config.projectDirectory) ?? config.projectDirectory;
  const pkg = readPackageJson(directory);
  const entry = config.file ?? path.join(directory, "package.json");
  return {
    type: inCodeType,
    package: pkg?.name || path.basename(directory),
    version: pkg?.version ?? "0.0.0",
    entry,
    digest: existsSync(entry) ? digestOf(entry) : "",
  };
}

/** A plugin handed over in code: there is no module to name. */
export function staticProvider(plugin: StaticPlugin, type: string): Provider {
  return { type, package: plugin.package, version: plugin.version, entry: "", digest: "" };
}
