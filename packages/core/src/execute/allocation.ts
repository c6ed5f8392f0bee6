import type { Catalog, JsonObject, RunLog } from "@runnable/plugin";

import type { Redactor } from "../output/redactor.ts";
import type { RunRecords } from "../record/run-records.ts";
import type { Claimant } from "./claim-attempt.ts";
import type { JobOutput } from "./job-output.ts";
import type { Stopper } from "./stopper.ts";
import type { Submission } from "./submission.ts";

/** What the supervisor works with once storage is proved. */
export interface Allocation {
  readonly runId: string;
  readonly root: string;
  readonly submission: Submission;
  readonly parameters: JsonObject;
  readonly secrets: { readonly [name: string]: string };
  readonly runLog: { readonly log: RunLog; readonly records: RunRecords } | undefined;
  readonly catalog: Catalog | undefined;
  readonly claimant: Omit<Claimant, "limit">;
  readonly output: JobOutput;
  readonly redact: Redactor;
  readonly stopper: Stopper;
  /** Module that starts a job process. */
  readonly childEntry: string;
  readonly env: NodeJS.ProcessEnv;
  /** What is left of a deadline: of the job's own, or of what the submitter said was left of it. */
  readonly remainingMs: (deadlineMs: number | undefined) => number | undefined;
}
