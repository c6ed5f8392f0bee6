import { inspectType } from "@runnable/core/plugins";

import type { Invocation } from "../arguments/invocation.ts";
import { formatPluginInspection } from "../format/format-plugin-inspection.ts";
import { kindOption } from "./kind-option.ts";
import { pluginsOptions } from "./plugins-options.ts";
import { pageOptions, printJson } from "./with-project.ts";

/** `runnable plugins inspect TYPE`. */
export async function run(invocation: Invocation): Promise<number> {
  const [type = ""] = invocation.positionals;
  const kind = kindOption(invocation);
  const inspections = await inspectType(type, {
    ...pluginsOptions(invocation),
    ...(kind && { kind }),
  });
  if (invocation.json) printJson(inspections);
  else {
    const options = { ...pageOptions(), cwd: process.cwd() };
    const pages = inspections.map((item) => formatPluginInspection(item, options));
    process.stdout.write(pages.join("\n"));
  }
  return 0;
}
