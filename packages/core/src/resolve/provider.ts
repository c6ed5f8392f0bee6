import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { inCodeType, type Config } from "../configure/config.ts";
import type { Candidate } from "../discover/candidate.ts";
import { nearestPackageDirectory, readPackageJson } from "../discover/package-json.ts";
import { bundledProgram } from "../files/bundled-program.ts";
import { mainModule } from "../files/main-module.ts";
import { nodeCrypto } from "../files/node-crypto.ts";
import { lockfileIntegrity } from "./lockfile-integrity.ts";
import type { Registered } from "./registry.ts";
import type { Provider } from "./resolved.ts";

/** Who provides a type, for the record. `projectDirectory` is where the lockfile is looked for when it is not above the package. */
export function providerOf(candidate: Candidate, type: string, projectDirectory: string): Provider {
  const { provider, entry, jobSide } = candidate;
  const integrity = lockfileIntegrity(provider, projectDirectory);
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

/** The program itself, for an object that it made, where no package.json is read: its main module. */
export function programProvider(): Provider {
  const entry = mainModule() ?? "";
  return {
    type: inCodeType,
    package: entry === "" ? "program" : path.basename(entry),
    version: "0.0.0",
    entry,
    digest: entry === "" ? "" : digestOf(entry),
  };
}

/** A type handed over in code: its module is not known, but for a program in one file, which holds it. */
export function staticProvider({ type, packageName, version }: Registered): Provider {
  return {
    type,
    package: packageName,
    version,
    entry: "",
    get digest() {
      const program = bundledProgram();
      return program === undefined ? "" : digestOf(program);
    },
  };
}
