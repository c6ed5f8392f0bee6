import type { JsonObject } from "@runnable/plugin";

import { chooseExecutor, type FullName } from "./choose-executor.ts";
import type { Config, ConfigProblem } from "./config.ts";
import { readExecutors } from "./executors-section.ts";
import { refusePipelineSections } from "./pipeline-sections.ts";
import { readPlugins } from "./plugins-section.ts";
import { checkKeys, type Reading } from "./reading.ts";
import type { Reporter } from "./reporter.ts";
import { loadWithImports } from "./resolve-imports.ts";
import { rootKeys } from "./section-names.ts";
import { readSections } from "./sections.ts";
import { substitute } from "./substitute.ts";
import { treeOfValue } from "./tree-of-value.ts";
import { emptyTree, isMap, locateIn, toJson, type TreeMap } from "./tree.ts";

/** Reads a file with its imports, an object where there is no file, or nothing, into a configuration; adds what is wrong to `problems`. */
export async function readTree(
  options: {
    readonly file: string | undefined;
    readonly projectDirectory: string;
    readonly cwd: string;
    readonly executor?: string;
    readonly inCode?: object;
    readonly fullName?: FullName;
    readonly env: NodeJS.ProcessEnv;
  },
  problems: ConfigProblem[],
): Promise<Config> {
  const { file, projectDirectory, cwd, executor, fullName } = options;
  const report = (problem: ConfigProblem) => void problems.push(problem);
  const written =
    file === undefined ? treeInCode(options.inCode, report) : await loadWithImports(file, report);
  const tree = substitute(written, options.env, report);
  const reading: Reading = { tree, projectDirectory, report };
  checkKeys(reading, [], rootKeys);
  refusePipelineSections(reading);
  const sections = readSections(reading);
  const plugins = readPlugins(reading);
  const own = sections["job-executor"];
  const others = readExecutors(reading);
  const chosen =
    executor === undefined
      ? own
      : chooseExecutor(
          { type: executor, cwd, own, others, ...(fullName && { fullName }) },
          { projectDirectory, ...plugins },
        );
  return {
    file,
    projectDirectory,
    sections: { ...sections, "job-executor": chosen },
    executors: others,
    plugins,
    written: toJson(written) as JsonObject,
    problems,
    locate: (path) => locateIn(written, path),
  };
}

function treeInCode(configuration: object | undefined, report: Reporter): TreeMap {
  if (configuration === undefined) return emptyTree;
  const tree = treeOfValue(configuration);
  if (isMap(tree)) return tree;
  report({
    code: "CONFIG_NOT_A_MAP",
    message: "the configuration that code gives is no object of sections",
    hint: "Give what defineConfig({ … }) gives back.",
  });
  return emptyTree;
}
