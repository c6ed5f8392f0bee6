import { join, posix } from "node:path";

import type { Catalog, RunLog } from "@runnable/plugin";

import type { PreparedRun } from "../prepare/prepare-run.ts";
import { findRun } from "../record/find-run.ts";
import { matchEntries } from "../record/match-entries.ts";
import type { PlacedRun } from "./place-run.ts";
import type { ProjectFile } from "./project-files.ts";

/** Where the catalog is not over there, the files that the job takes from it travel in the payload. */
export async function takeCatalogFiles(
  run: PreparedRun,
  stores: { readonly runLog: RunLog | undefined; readonly catalog: Catalog | undefined },
  { placedRun, stageDirectory }: { readonly placedRun: PlacedRun; readonly stageDirectory: string },
): Promise<readonly ProjectFile[]> {
  const { runLog, catalog } = stores;
  if (!placedRun.catalogRelayed || !runLog || !catalog) return [];
  const files: ProjectFile[] = [];
  const directory = join(stageDirectory, "taken");
  for (const { run: word, pattern } of run.facts.catalog.get ?? []) {
    const runId = await findRun(runLog, word);
    const entries = await matchEntries(catalog, runId, pattern);
    await catalog.get(runId, entries, directory);
    files.push(
      ...entries.map(({ path }) => ({
        path: posix.join(catalog.dataFolder, path),
        source: join(directory, path),
      })),
    );
  }
  return files;
}
