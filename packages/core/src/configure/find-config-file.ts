import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { isFile } from "../discover/is-file.ts";
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

/** Who may name a file. */
export interface ConfigFileOptions {
  /** Absolute. */
  readonly cwd: string;
  /** `--config`; wins over everything. */
  readonly file?: string;
  /** A file that code names; `RUNNABLE_CONFIGURATION_FILE` wins over it. */
  readonly fileInCode?: string;
  /** False: only a file that somebody names. Default true. */
  readonly search?: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** Absolute path of the configuration file, and whether somebody named it; `undefined` if there is none. */
export function findConfigFile(
  options: ConfigFileOptions,
  report: Reporter,
): { readonly file: string; readonly named: boolean } | undefined {
  const named = nameOf(options);
  if (!named) {
    if (options.search === false) return undefined;
    const file = searchUpwards(options.cwd);
    return file === undefined ? undefined : { file, named: false };
  }
  const file = resolve(options.cwd, named.name);
  if (isFile(file)) return { file, named: true };
  report({
    code: "CONFIG_FILE_NOT_FOUND",
    message: `there is no configuration file ${named.name}`,
    hint: `${named.by} names it; a path is relative to ${options.cwd}.`,
  });
  return undefined;
}

function nameOf({
  file,
  fileInCode,
  env,
}: ConfigFileOptions): { readonly name: string; readonly by: string } | undefined {
  if (file !== undefined) return { name: file, by: "--config" };
  const variable = env[configFileVariable];
  if (variable) return { name: variable, by: configFileVariable };
  return fileInCode === undefined ? undefined : { name: fileInCode, by: "The code" };
}

/**
 * Up to the repository's root. Without a repository up to the topmost directory that has a package.json, so that a stray
 * file in a shared directory such as /tmp configures nobody's job.
 */
function searchUpwards(cwd: string): string | undefined {
  let found = configFileIn(cwd);
  let foundWithin = found;
  for (let at = cwd; ; at = dirname(at)) {
    found ??= configFileIn(at);
    if (existsSync(join(at, ".git"))) return found;
    if (existsSync(join(at, "package.json"))) foundWithin = found;
    if (dirname(at) === at) return foundWithin;
  }
}

function configFileIn(directory: string): string | undefined {
  return configFileNames.map((name) => join(directory, name)).find((file) => existsSync(file));
}
