import type { Catalog, HealthFinding, RunLog } from "@runnable/plugin";

import type { Config } from "../configure/config.ts";
import type { Services } from "../resolve/resolved.ts";
import { openJournal } from "../submit/journal.ts";
import { openStore } from "../submit/open-stores.ts";

/** Where a canary has left something. */
export interface CanaryPlace {
  readonly runId: string;
  readonly config: Config;
  readonly services: Services;
  readonly secrets: { readonly [name: string]: string };
}

/** Removes what a canary was recorded by; what a store can't remove, and what only the job side sees, is told. */
export async function removeTraces(place: CanaryPlace): Promise<readonly HealthFinding[]> {
  const { runId, config, services } = place;
  const journal = openJournal(config.projectDirectory);
  const overThere = (await journal.read(runId).catch(() => undefined))?.owner === "job";
  const left = [
    ...(overThere ? [`its records where ${services.executor.section.type} keeps them`] : []),
    ...(await removeFrom(place, services.runLog, isRecorded)),
    ...(await removeFrom(place, services.catalog, hasFiles)),
  ];
  if (overThere) await journal.remove(runId);
  if (left.length === 0) return [];
  const detail = `run ${runId} has left ${left.join(", ")}`;
  return [{ check: "canary's traces", status: "warning", detail, remedy: "Remove it by hand." }];
}

async function removeFrom<T extends RunLog | Catalog>(
  { runId, ...run }: CanaryPlace,
  store: Parameters<typeof openStore<T>>[0],
  holds: (opened: T, runId: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const opened = await openStore<T>(store, run);
  try {
    if (!(await holds(opened, runId))) return [];
    if (!opened.removeRun) return [`its entries in ${opened.location}`];
    await opened.removeRun(runId);
    return [];
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    return [`its entries in ${opened.location} (${message})`];
  } finally {
    await opened.close?.();
  }
}

async function isRecorded(runLog: RunLog, runId: string): Promise<boolean> {
  return (await runLog.read({ runId, fact: "run" })) !== undefined;
}

async function hasFiles(catalog: Catalog, runId: string): Promise<boolean> {
  return (await catalog.list(runId)).length > 0;
}
