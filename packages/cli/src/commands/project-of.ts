import { openProject, type Project } from "@runnable/core/look-back";

import type { Invocation } from "../arguments/invocation.ts";
import type { FormatOptions } from "../format/format-options.ts";
import { createStyle, wantsColour } from "../terminal/style.ts";

/** The project that a command looks at. */
export function projectOf(invocation: Invocation): Promise<Project> {
  const config = invocation.text("config");
  return openProject(config === undefined ? {} : { configFile: config });
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
