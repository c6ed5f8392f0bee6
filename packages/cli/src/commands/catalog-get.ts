import { resolve } from "node:path";

import type { Invocation } from "../arguments/invocation.ts";
import { entriesOf } from "./catalog-list.ts";
import { printJson, withProject } from "./with-project.ts";

/** `runnable catalog get RUN_ID [GLOB] [--to DIR]`. */
export function run(invocation: Invocation): Promise<number> {
  return withProject(invocation, async (project) => {
    const { runId, entries } = await entriesOf(project, invocation);
    const directory = resolve(invocation.text("to") ?? ".");
    const stored = entries.filter((entry) => entry.stored);
    const catalog = await project.openCatalog();
    await catalog.get(runId, stored, directory);
    const left = entries.length - stored.length;
    if (invocation.json) {
      printJson({ runId, directory, files: stored.map(({ path }) => path) });
      return 0;
    }
    const count = `${stored.length} file${stored.length === 1 ? "" : "s"}`;
    const rest = left > 0 ? ` (${left} recorded by digest only)` : "";
    process.stdout.write(`${count} of ${runId} copied to ${directory}${rest}\n`);
    return 0;
  });
}
