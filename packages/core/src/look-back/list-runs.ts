import type { Project } from "./open-project.ts";
import { summariseRun, type ListedEntry, type RunSummary } from "./view-run.ts";

/** How many runs a tag is looked for in. */
const lookBack = 1000;
/** Runs that are read at once. */
const atOnce = 50;

/** The newest runs, or those with a tag among the newest 1,000: of the run log, and of submissions whose store is out of reach. */
export async function listRuns(
  project: Project,
  { limit, tag }: { readonly limit: number; readonly tag?: string },
): Promise<readonly RunSummary[]> {
  const found: RunSummary[] = [];
  const newest = await newestRuns(project, tag === undefined ? limit : lookBack);
  for (let start = 0; start < newest.length && found.length < limit; start += atOnce) {
    const some = newest.slice(start, start + atOnce);
    const runs = await Promise.all(some.map((listed) => summariseRun(project, listed)));
    found.push(...runs.filter(({ run, entry }) => !tag || (run?.tag ?? entry?.tag) === tag));
  }
  return found.slice(0, limit);
}

async function newestRuns(
  { runLog, journal }: Project,
  limit: number,
): Promise<readonly ListedEntry[]> {
  const [listed, submitted] = await Promise.all([
    runLog.list({ limit }),
    journal.runIds().then((runIds) => Promise.all(runIds.map((runId) => journal.read(runId)))),
  ]);
  const entries = new Map(submitted.flatMap((entry) => (entry ? [[entry.runId, entry]] : [])));
  const known = new Set(listed.map(({ runId }) => runId));
  const others = [...entries.values()].filter(({ runId }) => !known.has(runId));
  return [...listed, ...others]
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    .slice(0, limit)
    .map(({ runId }) => ({ runId, entry: entries.get(runId) }));
}
