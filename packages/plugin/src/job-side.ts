import type { JsonObject } from "./json.ts";
import type { Outcome } from "./outcome.ts";

/** What code around a job sees on the job side. */
export interface AroundJobContext {
  readonly runId: string;
  readonly attempt: number;
  /** The config keys that the manifest lists for the job side; nothing else of the executor's config travels. */
  readonly config: JsonObject;
  readonly signal: AbortSignal;
  readonly log: (message: string, fields?: JsonObject) => void;
}

/** Code of an executor package that runs around the job, over there (`jobSide` in the manifest): monitoring, usage. Calls `next()` once and gives its outcome on. */
export type AroundJob = (ctx: AroundJobContext, next: () => Promise<Outcome>) => Promise<Outcome>;

/** Types an `aroundJob` export. */
export function defineAroundJob(aroundJob: AroundJob): AroundJob {
  return aroundJob;
}
