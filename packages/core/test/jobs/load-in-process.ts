import { join } from "node:path";

import { runNode, temporaryProject } from "./temporary-project.ts";

const driver = join(import.meta.dirname, "fixtures/load-job-file.ts");

/** What came of loading: the job's own returns, or an error. */
export interface Loaded {
  readonly code?: string;
  readonly message?: string;
  readonly hint?: string;
  readonly loader?: string;
  /** Relative to the project, in order. */
  readonly modules: readonly string[];
  readonly returns?: { readonly [name: string]: unknown };
  readonly directory: string;
  readonly lines: readonly string[];
  readonly stderr: string;
  readonly exitCode: number;
}

/** The import that every job file here needs. */
export const head = `import { defineJob } from "@runnable/core/job";\n`;

/** Loads `main.ts` of a project in a new process, and runs its job. */
export async function loadInProcess(
  files: { readonly [path: string]: string },
  exportName = "default",
): Promise<Loaded> {
  await using project = await temporaryProject(files);
  const { directory, path } = project;
  const end = await runNode([driver, path("main.ts"), exportName], { cwd: directory });
  const lines = end.stdout.trim().split("\n");
  const printed = JSON.parse(lines.at(-1) ?? "null") as Omit<Loaded, "modules"> &
    Partial<Pick<Loaded, "modules">>;
  const modules = (printed.modules ?? [])
    .filter((module) => module.startsWith(directory))
    .map((module) => module.slice(directory.length + 1));
  return { ...printed, modules, directory, lines, stderr: end.stderr, exitCode: end.code };
}
