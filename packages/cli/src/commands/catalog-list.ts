import type { CatalogEntry } from "@runnable/core";
import { matchEntries, RunnableError, viewRun, type Project } from "@runnable/core/look-back";

import type { Invocation } from "../arguments/invocation.ts";
import { formatCatalogList } from "../format/format-catalog-list.ts";
import { findLookedAt } from "./find-looked-at.ts";
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

/**
 * The run that the command names, and its files that match.
 *
 * @throws RunnableError CATALOG_UNREACHABLE when the job wrote them into a catalog of the platform's own.
 */
export async function entriesOf(
  project: Project,
  invocation: Invocation,
): Promise<{ readonly runId: string; readonly entries: readonly CatalogEntry[] }> {
  const glob = invocation.positionals[1];
  const runId = await findLookedAt(project, invocation);
  const catalog = await project.openCatalog();
  const all = await catalog.list(runId);
  if (all.length === 0) await refuseIfElsewhere(project, runId);
  const entries = glob === undefined ? all : await matchEntries(catalog, runId, glob);
  return { runId, entries };
}

async function refuseIfElsewhere(project: Project, runId: string): Promise<void> {
  const { outcome, run: record } = await viewRun(project, runId);
  if (!outcome?.catalog.some(({ stored }) => stored)) return;
  const executor = record?.executor.type ?? "the job";
  const message = `the files of ${runId} are in the catalog that ${executor} wrote over there`;
  throw new RunnableError("CATALOG_UNREACHABLE", message, {
    hint: "`runnable runs show` lists them; a catalog that both sides reach keeps them within reach.",
    exitCode: 75,
  });
}
