import type { Config, ConfigProblem } from "../configure/config.ts";
import { sectionNames } from "../configure/section-names.ts";
import { needsOfRun } from "../place/needs-of-run.ts";
import { placeNeeds } from "../place/place-needs.ts";
import { refusalsOf, type StorageRefusal } from "../place/storage-refused.ts";
import { secretNames } from "../prepare/read-secret-values.ts";
import type { Services } from "../resolve/resolved.ts";
import { supervisedServices } from "../resolve/supervised-services.ts";

/**
 * What the executor says of the stores, as far as it can be told without a job: a run log that it can't reach refuses every run; a
 * catalog refuses only jobs that use it, which is a warning.
 */
export async function checkStorage(
  config: Config,
  configured: Services,
): Promise<{
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly ConfigProblem[];
}> {
  const services = await supervisedServices(configured, plainRun);
  const { executor } = services;
  if (executor.kind === "direct") return { problems: [], warnings: [] };
  const { definition } = executor;
  const { projectDirectory } = config;
  const needs = needsOfRun(services, {
    projectDirectory,
    secretNames: secretNames(services, []),
    putsFiles: true,
    mountsProject: definition.payloadMode?.(executor.config) === "mount",
    payloadBytes: undefined,
  });
  const run = { runId: "config-check", attempt: 1, name: "rn-config-check-a1" };
  const { refused } = placeNeeds(definition, needs, {
    ...run,
    config: executor.config,
    projectDirectory,
  });
  const refusals = refusalsOf(refused, {
    "run-log": services.runLog.section,
    catalog: services.catalog.section,
  });
  const told = refusals.map((refusal) => ({
    isCatalog: refusal.section === "catalog",
    problem: problemOf(refusal, config, executor.section.type),
  }));
  return {
    problems: told.filter(({ isCatalog }) => !isCatalog).map(({ problem }) => problem),
    warnings: told.filter(({ isCatalog }) => isCatalog).map(({ problem }) => problem),
  };
}

const plainRun = { detach: false, timed: false, retries: false };

function problemOf(
  { section, store, need, why, remedy }: StorageRefusal,
  config: Config,
  executor: string,
): ConfigProblem {
  const name = sectionNames.find((known) => known === section) ?? "job-executor";
  const { at } = config.sections[name];
  const what = section === "job" ? need : `${section} ${store} (${need})`;
  const then = section === "catalog" ? "; a job that keeps files is refused" : "";
  const position = at && config.locate(at);
  return {
    code: "STORAGE_REFUSED",
    message: `executor ${executor} can't reach ${what}: ${why}${then}`,
    hint: remedy,
    path: at ?? [name],
    ...(position && { position }),
  };
}
