import { hostname } from "node:os";

import type {
  AnyRemoteDefinition,
  Need,
  Placed,
  PlaceContext,
  PayloadMode,
} from "@runnable/plugin";

import type { RunLogOwner } from "../execute/submission.ts";
import { needsOfRun } from "../place/needs-of-run.ts";
import { placeNeeds } from "../place/place-needs.ts";
import { runLogOwner } from "../place/run-log-owner.ts";
import { refusalsOf, StorageRefused } from "../place/storage-refused.ts";
import type { PreparedRun } from "../prepare/prepare-run.ts";
import { platformName } from "./platform-name.ts";
import { refuseWithoutModule } from "./refuse-without-module.ts";

/** A run, and where everything that it needs will be. Pure: made for `plan` and for each submission alike. */
export interface PlacedRun {
  readonly attempt: number;
  readonly name: string;
  readonly definition: AnyRemoteDefinition;
  readonly placeContext: PlaceContext<unknown>;
  readonly mode: PayloadMode;
  readonly placed: readonly Placed[];
  readonly owner: RunLogOwner;
  /** False for a job that neither takes nor leaves catalog files: then its store is not asked for. */
  readonly usesCatalog: boolean;
  readonly catalogRelayed: boolean;
}

/** @throws RunnableError STORAGE_REFUSED with every need that the executor can't meet, STORE_WITHOUT_MODULE; nothing was written. */
export function placeRun(
  run: PreparedRun,
  definition: AnyRemoteDefinition,
  attempt: number,
): PlacedRun {
  const { services, config, runId, facts } = run;
  const { projectDirectory } = config;
  const seed = { runId, host: hostname(), projectDirectory };
  const name = platformName(seed, attempt);
  const placeContext = { config: services.executor.config, runId, attempt, name, projectDirectory };
  const mode = payloadMode(run, definition);
  const needs = needsOf(run, { mountsProject: mode === "mount" });
  const { placed, refused } = placeNeeds(definition, needs, placeContext);
  if (refused.length > 0) {
    throw new StorageRefused(services.executor.section.type, refusalsOf(refused, sections(run)));
  }
  const catalogRelayed = placed.some(
    ({ need, placement }) => need.role === "catalog" && placement.at === "relay",
  );
  const owner = runLogOwner(placed);
  const usesCatalog = usesCatalogOf(facts);
  const placedRun = {
    attempt,
    name,
    definition,
    placeContext,
    mode,
    placed,
    owner,
    usesCatalog,
    catalogRelayed,
  };
  refuseWithoutModule(services, placedRun);
  return placedRun;
}

/** What a run requires of its surroundings. A job that neither takes nor leaves catalog files asks for no catalog. */
export function needsOf(
  { services, config, facts, secrets }: PreparedRun,
  { mountsProject }: { readonly mountsProject: boolean },
): readonly Need[] {
  const needs = needsOfRun(services, {
    projectDirectory: config.projectDirectory,
    secretNames: Object.keys(secrets),
    putsFiles: (facts.catalog.put ?? []).length > 0,
    mountsProject,
    payloadBytes: undefined,
  });
  return usesCatalogOf(facts) ? needs : needs.filter(({ role }) => role !== "catalog");
}

function usesCatalogOf({ catalog }: PreparedRun["facts"]): boolean {
  return [catalog.put, catalog.get].some((list) => (list ?? []).length > 0);
}

// A module that only the bundler can load travels as a bundle, also where the project is visible.
function payloadMode(run: PreparedRun, definition: AnyRemoteDefinition): PayloadMode {
  const mode = definition.payloadMode?.(run.services.executor.config) ?? "bundle";
  return mode === "mount" && run.loader === "bundler" ? "bundle" : mode;
}

function sections({ services }: PreparedRun): Parameters<typeof refusalsOf>[1] {
  return {
    "run-log": services.runLog.section,
    catalog: services.catalog.section,
    secrets: services.secrets.section,
  };
}
