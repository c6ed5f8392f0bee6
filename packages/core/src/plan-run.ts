import { stagePlan, type StagedPlan } from "./plan/stage-plan.ts";
import { storageLines, storageLinesHere, type StorageLine } from "./plan/storage-line.ts";
import { withoutSecrets } from "./plan/without-secrets.ts";
import { prepareRun } from "./prepare/prepare-run.ts";
import { secretNames } from "./prepare/read-secret-values.ts";
import type { ResolvedExecutor } from "./resolve/resolved.ts";
import { runMeans } from "./run-means.ts";
import type { RunObserver } from "./run-observer.ts";
import type { RunRequest } from "./run-request.ts";
import { needsOf, placeRun } from "./submit/place-run.ts";

export type { StagedPlan } from "./plan/stage-plan.ts";
export type { StorageLine } from "./plan/storage-line.ts";

/** What a run would be. */
export interface RunPlan {
  readonly runId: string;
  readonly job: string;
  readonly executor: {
    readonly type: string;
    readonly package: string;
    readonly version: string;
    /** Where its section stands; absent where its defaults hold. */
    readonly from?: string;
    /** `direct`: the job would run in this process. */
    readonly kind: "direct" | "remote";
    /** True where nothing would be done. */
    readonly mock: boolean;
  };
  readonly storage: readonly StorageLine[];
  /** What the platform would get; absent for a direct executor. */
  readonly submission?: StagedPlan;
}

/**
 * What a run would be, found out offline: config, services, job, parameters, placements, payload and the platform's object. Secret
 * values are not read, nothing is created, no platform is asked.
 *
 * @throws RunnableError what `runJob` throws before it submits, STORAGE_REFUSED with the table of refusals among it.
 */
export async function planRun(request: RunRequest, observer: RunObserver = {}): Promise<RunPlan> {
  const run = await prepareRun(request, observer, { ...runMeans, secrets: namesOnly });
  const { executor } = run.services;
  const plan = { runId: run.runId, job: run.jobName, executor: executorFacts(executor) };
  if (executor.kind === "direct") {
    const needs = needsOf(run, { mountsProject: false }).filter(({ role }) => role !== "code");
    return { ...plan, storage: storageLinesHere(needs, run.services) };
  }
  const placedRun = placeRun(run, executor.definition, 1);
  const staged = await stagePlan(run, placedRun);
  return {
    ...plan,
    storage: storageLines(placedRun.placed, { owner: placedRun.owner, services: run.services }),
    submission: { ...staged, plan: withoutSecrets(executor, staged.plan) },
  };
}

const namesOnly: typeof runMeans.secrets = async (services, jobSecrets) =>
  Object.fromEntries(secretNames(services, jobSecrets).map((name) => [name, ""]));

function executorFacts({
  section,
  provider,
  kind,
  definition,
  config,
}: ResolvedExecutor): RunPlan["executor"] {
  return {
    type: section.type,
    package: provider.package,
    version: provider.version,
    ...(section.at === undefined ? {} : { from: section.at.join(".") }),
    kind,
    mock: definition.mock?.(config) ?? false,
  };
}
