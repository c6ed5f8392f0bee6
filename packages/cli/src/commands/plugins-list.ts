import { listPlugins } from "@runnable/core/plugins";

import type { Invocation } from "../arguments/invocation.ts";
import { formatPluginsList } from "../format/format-plugins-list.ts";
import { pluginsOptions } from "./plugins-options.ts";
import { pageOptions, printJson } from "./with-project.ts";

/** `runnable plugins list`. */
export async function run(invocation: Invocation): Promise<number> {
  const { plugins, notes } = await listPlugins(pluginsOptions(invocation));
  for (const note of notes) process.stderr.write(`runnable: ${note}\n`);
  const listed = invocation.flag("check")
    ? await (await import("./check-imports.ts")).checkImports(plugins, invocation)
    : plugins;
  if (invocation.json) printJson(listed);
  else {
    const options = { ...pageOptions(), cwd: process.cwd() };
    process.stdout.write(formatPluginsList(listed, options));
  }
  return 0;
}
