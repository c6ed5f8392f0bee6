import type { JsonObject } from "@runnable/plugin";

import { checkExecutors, chooseExecutor } from "./choose-executor.ts";
import type { Config, ConfigProblem } from "./config.ts";
import { readPlugins } from "./plugins-section.ts";
import { loadWithImports } from "./resolve-imports.ts";
import { readSections, type Reading } from "./sections.ts";
import { substitute } from "./substitute.ts";
import { emptyTree, locateIn, toJson } from "./tree.ts";

/** Reads a file with its imports, or no file, into a configuration; adds what is wrong to `problems`. */
export async function readTree(
  options: {
    readonly file: string | undefined;
    readonly projectDirectory: string;
    readonly cwd: string;
    readonly executor?: string;
    readonly env: NodeJS.ProcessEnv;
  },
  problems: ConfigProblem[],
): Promise<Config> {
  const { file, projectDirectory, cwd, executor } = options;
  const report = (problem: ConfigProblem) => void problems.push(problem);
  const written = file === undefined ? emptyTree : await loadWithImports(file, report);
  const reading: Reading = {
    tree: substitute(written, options.env, report),
    projectDirectory,
    report,
  };
  const sections = readSections(reading);
  const plugins = readPlugins(reading);
  checkExecutors(reading);
  const own = sections["job-executor"];
  return {
    file,
    projectDirectory,
    sections: {
      ...sections,
      "job-executor":
        executor === undefined
          ? own
          : chooseExecutor(reading, { type: executor, cwd, own, plugins }),
    },
    plugins,
    written: toJson(written) as JsonObject,
    problems,
    locate: (path) => locateIn(written, path),
  };
}
