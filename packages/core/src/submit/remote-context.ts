import type {
  AnyRemoteDefinition,
  Log,
  PlanContext,
  PlannedJob,
  RemoteContext,
} from "@runnable/plugin";

import { defaultGraceSeconds } from "../execute/submission.ts";
import type { JobFacts } from "../jobs/job-facts.ts";
import { commandOf } from "./command-of.ts";
import type { StagedPayload } from "./payload-stage.ts";
import type { PlacedRun } from "./place-run.ts";
import { projectLabel } from "./project-label.ts";

/** What the calls of a remote executor have in common. */
export interface RemoteContextParts {
  readonly config: unknown;
  readonly runId: string;
  readonly attempt: number;
  readonly name: string;
  readonly projectDirectory: string;
  readonly client: unknown;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** Context of `submitJob`, `find`, `observe` and the others. */
export function remoteContext(parts: RemoteContextParts): RemoteContext<unknown, unknown> {
  return { ...parts, idempotencyKey: parts.name, ...refusals() };
}

/** What `plan` is made of beyond the placements. */
export interface PlanParts {
  readonly placedRun: PlacedRun;
  readonly stage: StagedPayload;
  /** The job as the command names it. */
  readonly word: string;
  readonly jobName: string;
  readonly facts: JobFacts;
}

/** Context of `plan`: pure, so that the same run gives the same plan. */
export function planContext({
  placedRun,
  stage,
  word,
  jobName,
  facts,
}: PlanParts): PlanContext<unknown> {
  const { definition, placeContext, mode, placed } = placedRun;
  const { config, runId, attempt } = placeContext;
  const interpreter = definition.interpreter?.(config) ?? ["node"];
  const job = plannedJob(jobName, facts);
  const seconds = job.timeoutSeconds === undefined ? {} : { seconds: job.timeoutSeconds };
  return {
    ...placeContext,
    payload: stage.payload,
    placements: placed,
    command: (options) => commandOf({ mode, job: word, runId, interpreter }, options),
    resources: { ...seconds, ...resourcesOf(definition, config) },
    job,
    graceSeconds: defaultGraceSeconds,
    labels: {
      "runnable/run-id": runId,
      "runnable/attempt": String(attempt),
      "runnable/job": jobName,
      ...projectLabel(placeContext.projectDirectory),
    },
    ...refusals(),
  };
}

function plannedJob(name: string, facts: JobFacts): PlannedJob {
  const { kind, retries, timeoutMs, deadlineMs } = facts;
  return {
    name,
    kind,
    retries,
    ...(timeoutMs === undefined ? {} : { timeoutSeconds: Math.ceil(timeoutMs / 1000) }),
    ...(deadlineMs === undefined ? {} : { deadlineSeconds: Math.ceil(deadlineMs / 1000) }),
  };
}

function resourcesOf(
  definition: AnyRemoteDefinition,
  config: unknown,
): PlanContext<unknown>["resources"] {
  return definition.resources?.(config) ?? {};
}

type Refusals = Pick<RemoteContext<unknown, unknown>, "runLog" | "catalog" | "run">;

const noStore =
  "✗ a remote executor must not touch storage: the core sets up the run log. Describe how the platform reaches storage in place().";

// The types forbid to use these; an author of plain JavaScript reads the same words.
function refusals(): Refusals {
  return { runLog: noStore, catalog: noStore, run: {} as Refusals["run"] };
}
