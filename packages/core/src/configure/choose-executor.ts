import path from "node:path";

import { createDiscovery } from "../discover/discovery.ts";
import { isFileType } from "../discover/file-type.ts";
import type { Config, Section } from "./config.ts";
import { checkKeys, problemAt, readConfigValue, type Reading } from "./sections.ts";
import { isMap, leafValue, type Tree } from "./tree.ts";

/**
 * The section for `--executor <type>`: the file's own if it is of that type (an alias counts), else `job-executors.<type>`,
 * else the type with its defaults.
 */
export function chooseExecutor(
  reading: Reading,
  options: {
    readonly type: string;
    readonly cwd: string;
    readonly own: Section;
    readonly plugins: Config["plugins"];
  },
): Section {
  const type = fromDirectory(options.type, options.cwd, reading.projectDirectory);
  const same = sameType({ projectDirectory: reading.projectDirectory, ...options.plugins });
  if (options.own.at && same(options.own.type, type)) return options.own;
  const section = isMap(reading.tree) ? reading.tree.entries.get("job-executors") : undefined;
  const name = isMap(section)
    ? [...section.entries.keys()].find((key) => same(key, type))
    : undefined;
  if (name === undefined) return { type, config: {}, at: undefined };
  return { type, config: configOf(reading, name), at: ["job-executors", name] };
}

/** Reports what is wrong in `job-executors`, whether it is used or not. */
export function checkExecutors(reading: Reading): void {
  const section = isMap(reading.tree) ? reading.tree.entries.get("job-executors") : undefined;
  if (section === undefined || leafValue(section) === null) return;
  if (!isMap(section)) {
    problemAt(reading, ["job-executors"], {
      code: "CONFIG_VALUE",
      message: "job-executors must be a map of executor types",
      hint: "Write job-executors: { local: { config: { … } } }.",
    });
    return;
  }
  for (const name of section.entries.keys()) {
    checkKeys(reading, ["job-executors", name], ["config"]);
    configOf(reading, name);
  }
}

function configOf(reading: Reading, name: string): Section["config"] {
  const at = ["job-executors", name];
  const entry: Tree | undefined = isMap(reading.tree)
    ? [...at].reduce<Tree | undefined>(
        (tree, key) => (isMap(tree) ? tree.entries.get(key) : undefined),
        reading.tree,
      )
    : undefined;
  if (entry !== undefined && !isMap(entry) && leafValue(entry) !== null) {
    problemAt(reading, at, {
      code: "CONFIG_VALUE",
      message: `${at.join(".")} must be a map with a config`,
    });
  }
  const config = isMap(entry) ? entry.entries.get("config") : undefined;
  return readConfigValue(reading, [...at, "config"], config);
}

// On the command line a path means the working directory.
function fromDirectory(type: string, cwd: string, projectDirectory: string): string {
  if (!isFileType(type)) return type;
  const relative = path.relative(projectDirectory, path.resolve(cwd, type));
  return relative.startsWith("..") ? relative : `./${relative}`;
}

/** Whether two names mean one module. Packages are read only where the names differ. */
function sameType(
  options: Parameters<typeof createDiscovery>[0],
): (a: string, b: string) => boolean {
  const discovery = createDiscovery({ ...options, allow: undefined });
  const entryOf = (type: string) => {
    const found = discovery.find("job-executor", type);
    return "candidate" in found
      ? `${found.candidate.packageName}:${found.candidate.type}`
      : undefined;
  };
  return (a, b) => a === b || (entryOf(a) !== undefined && entryOf(a) === entryOf(b));
}
