import type { Section } from "./config.ts";
import { checkKeys, problemAt, type Reading } from "./reading.ts";
import { readSettings } from "./settings.ts";
import { isAbsent, isMap, treeAt } from "./tree.ts";

/** The section `job-executors`, by type: settings that hold for `--executor <type>`. */
export function readExecutors(reading: Reading): readonly Section[] {
  const section = treeAt(reading.tree, ["job-executors"]);
  if (isAbsent(section)) return [];
  if (isMap(section)) return [...section.entries.keys()].map((type) => readExecutor(reading, type));
  problemAt(reading, ["job-executors"], {
    code: "CONFIG_VALUE",
    message: "job-executors must be a map of executor types",
    hint: "Write job-executors: { local: { config: { … } } }.",
  });
  return [];
}

function readExecutor(reading: Reading, type: string): Section {
  const at = ["job-executors", type];
  const entry = treeAt(reading.tree, at);
  if (!isAbsent(entry) && !isMap(entry)) {
    problemAt(reading, at, {
      code: "CONFIG_VALUE",
      message: `${at.join(".")} must be a map with a config`,
    });
  }
  checkKeys(reading, at, ["config"]);
  return { type, config: readSettings(reading, [...at, "config"]), at };
}
