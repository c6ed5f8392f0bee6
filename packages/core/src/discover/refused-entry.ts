import { existsSync } from "node:fs";
import path from "node:path";

import type { Candidate } from "./candidate.ts";
import type { Finding } from "./finding.ts";

/** What is wrong with a candidate's modules, as far as it shows without importing them: absent, or TypeScript where Node runs none. */
export function refusedByEntry(candidate: Candidate): Finding | undefined {
  return (
    absentModule(candidate) ??
    (isTypeScriptOfPackage(candidate.entry) ? typeScriptOfPackage(candidate) : undefined)
  );
}

/** The first of a candidate's modules that is not there, as a finding. */
export function absentModule(candidate: Candidate): Finding | undefined {
  const { entry, jobSide } = candidate;
  const absent = [entry, jobSide?.entry].find((file) => file !== undefined && !existsSync(file));
  if (absent === undefined) return undefined;
  return {
    code: "PLUGIN_ENTRY_MISSING",
    message: `${moduleName(candidate)} declares ${absent}, which is not there`,
    hint: 'The package was not built, or the file is missing from its "files".',
  };
}

/** A module's name in messages: the project's by its path, another by its package. */
export function moduleName({ scope, type, entry, provider }: Candidate): string {
  return scope === "project" ? entry : `${provider.packageName} ${provider.version} ("${type}")`;
}

/** Node refuses to strip types below node_modules. Source: nodejs.org/api/typescript.html. */
export function typeScriptOfPackage(candidate: Candidate): Finding {
  return {
    code: "PLUGIN_IMPORT_FAILED",
    message: `${moduleName(candidate)} has the entry ${candidate.entry}, TypeScript inside node_modules, which Node does not run`,
    hint: "Publish JavaScript, or link the package for development.",
  };
}

function isTypeScriptOfPackage(file: string): boolean {
  return /\.[mc]?ts$/u.test(file) && file.split(path.sep).includes("node_modules");
}
