import type { Section, SectionName } from "./config.ts";

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

/** The section that holds where nothing is written. */
export function defaultSection(name: SectionName): Section {
  return { type: defaultTypes[name], config: {}, at: undefined };
}

/** All that may stand at a file's root; the last three do nothing here: two are upstream's, one is for the editor of a JSON file. */
export const rootKeys: readonly string[] = [
  ...sectionNames,
  "job-executors",
  "plugins",
  "pipeline-executor",
  "pickler",
  "$schema",
];
