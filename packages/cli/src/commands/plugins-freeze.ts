import { basename, resolve } from "node:path";

import { freezePlugins } from "@runnable/core/plugins";

import type { Invocation } from "../arguments/invocation.ts";
import { formatFrozenPlugins } from "../format/format-frozen-plugins.ts";
import { writeErrorText } from "../terminal/write-error-text.ts";
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
  const left = leftOut.map(({ name, reason }) => `${name} is left out: ${reason}`);
  for (const warning of [...notes, ...left]) {
    writeErrorText(`warning: ${warning}`);
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
