import path from "node:path";

import { nearestPackageDirectory } from "../discover/package-json.ts";
import type { Config, ConfigProblem, Section, SectionName } from "./config.ts";
import { findConfigFile } from "./find-config-file.ts";
import { sectionNames } from "./section-names.ts";
import { defaultSection } from "./sections.ts";

/** What a command knows before it reads a configuration. */
export interface ReadConfigOptions {
  /** Absolute. */
  readonly cwd: string;
  /** `--config`; wins over everything. */
  readonly file?: string;
  /** A file that code names; `RUNNABLE_CONFIGURATION_FILE` wins over it. */
  readonly fileInCode?: string;
  /** `--executor`. */
  readonly executor?: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Finds, reads, merges, fills in and checks the configuration. Types and their settings are checked when they are resolved.
 * Never throws for what a file holds: everything that is wrong is in `problems`, and defaults stand in for it.
 */
export async function readConfig(options: ReadConfigOptions): Promise<Config> {
  const problems: ConfigProblem[] = [];
  const file = findConfigFile(options, (problem) => problems.push(problem));
  if (file === undefined && options.executor === undefined)
    return withoutFile(options.cwd, problems);
  // Imported here, so that a command without a file pays for nothing of it.
  const { readTree } = await import("./read-tree.ts");
  return await readTree(
    { ...options, file, projectDirectory: projectDirectory(options.cwd, file) },
    problems,
  );
}

function withoutFile(cwd: string, problems: readonly ConfigProblem[]): Config {
  const sections = sectionNames.map((name) => [name, defaultSection(name)]);
  return {
    file: undefined,
    projectDirectory: projectDirectory(cwd, undefined),
    sections: Object.fromEntries(sections) as { readonly [name in SectionName]: Section },
    plugins: { packages: [], allow: undefined },
    written: {},
    problems,
    locate: () => undefined,
  };
}

function projectDirectory(cwd: string, file: string | undefined): string {
  return file === undefined ? (nearestPackageDirectory(cwd) ?? cwd) : path.dirname(file);
}
