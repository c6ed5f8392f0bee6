import type { Project } from "@runnable/core/look-back";

import type { Invocation } from "../arguments/invocation.ts";
import type { FormatOptions } from "../format/format-options.ts";
import { createStyle, wantsColour } from "../terminal/style.ts";

/** Opens the project that a command looks at, and closes it when the command is done. */
export async function withProject<T>(
  invocation: Invocation,
  use: (project: Project) => Promise<T>,
): Promise<T> {
  // Here, so that commands which want a page alone pay nothing for it.
  const { openProject } = await import("@runnable/core/look-back");
  const config = invocation.text("config");
  const project = await openProject(config === undefined ? {} : { configFile: config });
  try {
    return await use(project);
  } finally {
    await project[Symbol.asyncDispose]();
  }
}

/** How a page on standard output is written. */
export function pageOptions(): FormatOptions {
  const { stdout } = process;
  return { style: createStyle(wantsColour(stdout, process.env)), columns: stdout.columns ?? 80 };
}

/** One value as one line of JSON on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
