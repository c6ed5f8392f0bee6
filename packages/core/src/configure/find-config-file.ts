import { existsSync, statSync } from "node:fs";
import path from "node:path";

import type { Reporter } from "./reporter.ts";

/** Names that are looked for, in this order within one directory. */
export const configFileNames: readonly string[] = [
  "runnable-config.yaml",
  "runnable-config.yml",
  "runnable.config.ts",
  "runnable.config.mts",
  "runnable.config.js",
  "runnable.config.mjs",
];

/** Environment variable that replaces the search and a file named in code. */
export const configFileVariable = "RUNNABLE_CONFIGURATION_FILE";

/** Absolute path of the configuration file: the explicit one, else the environment's, else the one named in code, else the nearest above; `undefined` if there is none. */
export function findConfigFile(
  options: {
    readonly cwd: string;
    readonly file?: string;
    readonly fileInCode?: string;
    readonly env: NodeJS.ProcessEnv;
  },
  report: Reporter,
): string | undefined {
  const { cwd, env } = options;
  const named = options.file ?? (env[configFileVariable] || undefined) ?? options.fileInCode;
  if (named === undefined) return searchUpwards(cwd);
  const file = path.resolve(cwd, named);
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  report({
    code: "CONFIG_FILE_NOT_FOUND",
    message: `there is no configuration file ${named}`,
    hint: `It was named by ${sourceOf(options)}; the path is relative to ${cwd}.`,
  });
  return undefined;
}

function sourceOf(options: { readonly file?: string; readonly env: NodeJS.ProcessEnv }): string {
  if (options.file !== undefined) return "--config";
  return options.env[configFileVariable] ? configFileVariable : "the code";
}

/**
 * Up to the repository's root. Without a repository up to the topmost directory that has a package.json, so that a stray
 * file in a shared directory such as /tmp configures nobody's job.
 */
function searchUpwards(cwd: string): string | undefined {
  let found: string | undefined;
  let foundWithin: string | undefined;
  for (let at = cwd; ; at = path.dirname(at)) {
    found ??= configFileNames.map((name) => path.join(at, name)).find((file) => existsSync(file));
    if (found && at === cwd) return found;
    if (existsSync(path.join(at, ".git"))) return found;
    if (existsSync(path.join(at, "package.json"))) foundWithin = found;
    if (path.dirname(at) === at) return foundWithin;
  }
}
