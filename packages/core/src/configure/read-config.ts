import { dirname } from "node:path";

import { nearestPackageDirectory } from "../discover/package-json.ts";
import type { FullName } from "./choose-executor.ts";
import type { Config, ConfigProblem, Section, SectionName } from "./config.ts";
import { findConfigFile, type ConfigFileOptions } from "./find-config-file.ts";
import { defaultSection, sectionNames } from "./section-names.ts";

/** What a command knows before it reads a configuration. */
export interface ReadConfigOptions extends ConfigFileOptions {
  /** `--executor`. */
  readonly executor?: string;
  /** Holds in place of a file that is searched for: what `defineConfig()` gives back. */
  readonly inCode?: object;
  /** The full name of an executor type, where types do not come from packages. */
  readonly fullName?: FullName;
}

/**
 * Finds, reads, merges, fills in and checks the configuration. Types and their settings are checked when they are resolved.
 * Never throws for what a file holds: everything that is wrong is in `problems`, and defaults stand in for it.
 */
export async function readConfig(options: ReadConfigOptions): Promise<Config> {
  const problems: ConfigProblem[] = [];
  const { inCode, executor } = options;
  const search = inCode === undefined;
  const found = findConfigFile({ ...options, search }, (problem) => problems.push(problem));
  const projectDirectory = projectOf(options.cwd, found);
  const isWritten = found !== undefined || inCode !== undefined;
  if (!isWritten && executor === undefined) return withoutFile(projectDirectory, problems);
  // Imported here, so that a command without a file pays for nothing of it.
  const { readTree } = await import("./read-tree.ts");
  return await readTree({ ...options, file: found?.file, projectDirectory }, problems);
}

function withoutFile(projectDirectory: string, problems: readonly ConfigProblem[]): Config {
  const sections = sectionNames.map((name) => [name, defaultSection(name)]);
  return {
    file: undefined,
    projectDirectory,
    sections: Object.fromEntries(sections) as { readonly [name in SectionName]: Section },
    executors: [],
    plugins: { packages: [], allow: undefined },
    written: {},
    problems,
    locate: () => undefined,
  };
}

function projectOf(cwd: string, found: ReturnType<typeof findConfigFile>): string {
  if (!found) return nearestPackageDirectory(cwd) ?? cwd;
  const directory = dirname(found.file);
  if (!found.named) return directory;
  return nearestPackageDirectory(directory) ?? nearestPackageDirectory(cwd) ?? directory;
}
