import type { SectionName } from "./config.ts";
import type { Reporter } from "./reporter.ts";
import type { Tree, TreeMap } from "./tree.ts";

/** Sections that name a service, with the type that holds where a file names none (upstream's). */
export const defaultTypes: Readonly<Record<SectionName, string>> = {
  "job-executor": "local",
  "run-log-store": "file-system",
  catalog: "file-system",
  secrets: "env-secrets",
};

/** In the order of {@link defaultTypes}. */
export const sectionNames: readonly SectionName[] = [
  "job-executor",
  "run-log-store",
  "catalog",
  "secrets",
];

/** All that may stand at a file's root; the last two are upstream's and do nothing here. */
export const rootKeys: readonly string[] = [
  ...sectionNames,
  "job-executors",
  "plugins",
  "pipeline-executor",
  "pickler",
];

/** Spells the sections with `-`; upstream allows `_` too. Two spellings of one section are a problem. */
export function unifySpelling(tree: TreeMap, report: Reporter): TreeMap {
  const entries = new Map<string, Tree>();
  for (const [key, value] of tree.entries) {
    const dashed = key.replaceAll("_", "-");
    const name = rootKeys.includes(dashed) ? dashed : key;
    if (entries.has(name)) {
      report({
        code: "CONFIG_DUPLICATE_SECTION",
        message: `the section ${name} stands here twice, once with - and once with _`,
        hint: "Keep one of them.",
        path: [key],
        ...(value.at && { position: value.at }),
      });
    }
    entries.set(name, value);
  }
  return { at: tree.at, entries };
}
