import { matchesGlob } from "node:path";

import { RunnableError, type Catalog, type CatalogEntry } from "@runnable/plugin";

/**
 * Entries of a run's catalog that a glob matches; a directory's name means everything below it.
 *
 * @throws RunnableError CATALOG_UNMATCHED when none does.
 */
export async function matchEntries(
  catalog: Catalog,
  runId: string,
  pattern: string,
): Promise<readonly CatalogEntry[]> {
  const all = await catalog.list(runId);
  const entries = all.filter(
    ({ path }) => path === pattern || path.startsWith(`${pattern}/`) || matchesGlob(path, pattern),
  );
  if (entries.length > 0) return entries;
  throw new RunnableError(
    "CATALOG_UNMATCHED",
    `run ${runId} has no catalog file that matches ${pattern}`,
    {
      hint: `\`runnable catalog list ${runId}\` shows what it has.`,
      exitCode: 78,
    },
  );
}
