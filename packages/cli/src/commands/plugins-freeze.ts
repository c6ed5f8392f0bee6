import { basename, resolve } from "node:path";

import { freezePlugins } from "@runnable/core/plugins";

import type { Invocation } from "../arguments/invocation.ts";
import { formatErrorText } from "../format/format-error-text.ts";
import { formatFrozenPlugins } from "../format/format-frozen-plugins.ts";
import { createStyle, wantsColour } from "../terminal/style.ts";
import { pluginsOptions } from "./plugins-options.ts";
import { pageOptions, printJson } from "./with-project.ts";
import { writeText } from "./write-text.ts";

/** Of a project of TypeScript; another is named. */
const usualFile = "runnable-plugins.ts";

/** `runnable plugins freeze`: the project's plugins as a module, for programs that are bundled. */
export async function run(invocation: Invocation): Promise<number> {
  const file = invocation.text("output") ?? usualFile;
  const options = { ...pluginsOptions(invocation), output: resolve(file) };
  const { text, packages, leftOut, notes } = await freezePlugins(options);
  await writeText(file, text);
  const style = createStyle(wantsColour(process.stderr, process.env));
  const left = leftOut.map(({ name, reason }) => `${name} is left out: ${reason}`);
  for (const warning of [...notes, ...left]) {
    process.stderr.write(`${formatErrorText(`warning: ${warning}`, style)}\n`);
  }
  if (invocation.json) printJson({ file: resolve(file), packages: packages.map(named), leftOut });
  else {
    const written = { file, name: basename(file), packages };
    process.stdout.write(formatFrozenPlugins(written, pageOptions()));
  }
  return 0;
}

function named(item: { readonly package: string; readonly version: string }): typeof item {
  return { package: item.package, version: item.version };
}
