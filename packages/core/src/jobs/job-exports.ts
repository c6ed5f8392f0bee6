import { RunnableError } from "@runnable/plugin";

import { closestName } from "./closest-name.ts";
import { isJob } from "./is-job.ts";
import type { Job } from "./job.ts";

/** The jobs that a module exports, by name; those of a CommonJS module too, also when Node does not see their names. */
export function jobExports(module: unknown): ReadonlyMap<string, Job> {
  const exported = new Map<string, Job>();
  for (const holder of [module, defaultOf(module)]) {
    for (const [name, value] of entriesOf(holder)) {
      // `module.exports` is how Node names the whole of a CommonJS module.
      const counts = name !== "module.exports" && !exported.has(name);
      if (isJob(value) && counts) exported.set(name, value);
    }
  }
  return exported;
}

/** The error for an export that is not there. */
export function exportMissing(options: {
  readonly file: string;
  readonly exportName: string;
  readonly module: unknown;
  readonly exported: ReadonlyMap<string, Job>;
}): RunnableError {
  const { file, exportName, module, exported } = options;
  const names = [...exported.keys()];
  const what =
    exportName === "default"
      ? `${file} has no default export that is a job`
      : `${file} exports no job named ${exportName}`;
  const there = names.length > 0 ? `; it exports the jobs ${names.join(", ")}` : "";
  return new RunnableError("JOB_NOT_FOUND", what + there, {
    hint: hintFor({ file, exportName, names, hasDefault: defaultOf(module) !== undefined }),
    exitCode: 78,
  });
}

function hintFor(options: {
  readonly file: string;
  readonly exportName: string;
  readonly names: readonly string[];
  readonly hasDefault: boolean;
}): string {
  const { file, exportName, names, hasDefault } = options;
  const name = closestName(exportName, names) ?? names[0];
  if (name !== undefined) return name === "default" ? `Write ${file}.` : `Write ${file}#${name}.`;
  return hasDefault
    ? "Export what defineJob(), shellJob() or scriptJob() returned: `export default defineJob({ … })`."
    : "Add `export default defineJob({ … })`.";
}

function defaultOf(module: unknown): unknown {
  return Object.fromEntries(entriesOf(module))["default"];
}

function entriesOf(holder: unknown): readonly [string, unknown][] {
  return typeof holder === "object" && holder !== null && !isJob(holder)
    ? Object.entries(holder)
    : [];
}
