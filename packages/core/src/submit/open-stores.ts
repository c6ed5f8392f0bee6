import type { Catalog, RunLog } from "@runnable/plugin";

import type { PreparedRun } from "../prepare/prepare-run.ts";
import { credentialsOf } from "../prepare/read-secret-values.ts";
import type { ResolvedStore } from "../resolve/resolved.ts";
import type { PlacedRun } from "./place-run.ts";

/** Stores on the submitter's side. */
export interface OpenedStores {
  /** Undefined where the run log exists only over there. */
  readonly runLog: RunLog | undefined;
  readonly catalog: Catalog | undefined;
}

/** Opens what the submitter may see. The run log that the job owns is not opened here: set up in the wrong place, nobody would find it. */
export async function openStores(run: PreparedRun, placedRun: PlacedRun): Promise<OpenedStores> {
  const [runLog, catalog] = await Promise.all([
    placedRun.owner === "job" ? undefined : openStore(run.services.runLog, run),
    placedRun.usesCatalog ? openStore(run.services.catalog, run) : undefined,
  ]);
  return { runLog, catalog };
}

/** Opens a store of a run, with the secrets that it asks for. */
export async function openStore<T>(
  store: ResolvedStore<T>,
  run: Pick<PreparedRun, "config" | "secrets">,
): Promise<T> {
  const names = credentialsOf(store);
  const credentials = Object.fromEntries(names.map((name) => [name, run.secrets[name] ?? ""]));
  return store.definition.open(store.config, {
    baseDirectory: run.config.projectDirectory,
    credentials,
  });
}

/** Gives back what stores hold open: connections, mostly. */
export async function closeStores({ runLog, catalog }: OpenedStores): Promise<void> {
  await Promise.all([runLog?.close?.(), catalog?.close?.()]);
}
