import type { CatalogEntry } from "@runnable/core";
import { findRunId, matchEntries, type Project } from "@runnable/core/look-back";

import type { Invocation } from "../arguments/invocation.ts";
import { formatCatalogList } from "../format/format-catalog-list.ts";
import { pageOptions, printJson, withProject } from "./with-project.ts";

/** `runnable catalog list RUN_ID [GLOB]`. */
export function run(invocation: Invocation): Promise<number> {
  return withProject(invocation, async (project) => {
    const { entries } = await entriesOf(project, invocation);
    if (invocation.json) printJson(entries);
    else process.stdout.write(formatCatalogList(entries, pageOptions()));
    return 0;
  });
}

/** The run that the command names, and its files that match. */
export async function entriesOf(
  project: Project,
  { positionals }: Invocation,
): Promise<{ readonly runId: string; readonly entries: readonly CatalogEntry[] }> {
  const [word = "", glob] = positionals;
  const runId = await findRunId(project, word);
  const catalog = await project.openCatalog();
  const entries =
    glob === undefined ? await catalog.list(runId) : await matchEntries(catalog, runId, glob);
  return { runId, entries };
}
