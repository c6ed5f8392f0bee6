import { RunnableError, type JsonObject } from "@runnable/plugin";

import { processIdentity } from "../files/process-identity.ts";
import { parseRun } from "../record/parse-record.ts";
import type { RunRecord } from "../record/run-record.ts";
import type { RunRecords } from "../record/run-records.ts";
import type { ExecuteArguments } from "./execute-arguments.ts";
import type { Submission } from "./submission.ts";

/** What run.json is made of when this side sets it up. */
export interface RunSetUp {
  readonly args: ExecuteArguments;
  readonly submission: Submission;
  readonly parameters: JsonObject;
}

/**
 * Creates run.json where the job side owns the run log; a second start of the same submission finds its own.
 *
 * @throws RunnableError RUN_ID_USED when another submission has the id.
 */
export async function setUpRun(records: RunRecords, setUp: RunSetUp): Promise<void> {
  const { submission, args } = setUp;
  const record = submission.run ? parseRun(submission.run) : handWritten(setUp);
  if (await records.createRun({ ...record, createdBy: "job" })) return;
  if ((await records.readRun())?.nonce === submission.nonce) return;
  throw new RunnableError("RUN_ID_USED", `run id ${args.runId} is used in the run log here`, {
    hint: "Submit with another run id.",
    exitCode: 78,
  });
}

/** `execute-job` by hand: what is known of the run stands on the command line. */
function handWritten({ args, submission, parameters }: RunSetUp): RunRecord {
  return {
    version: 1,
    runId: args.runId,
    job: {
      name: args.job.replace(/#.*$/, ""),
      kind: "function",
      file: submission.job.module,
      exportName: submission.job.exportName,
    },
    parameters,
    config: {},
    executor: { type: "execute-job", package: "@runnable/core", version: "", digest: "" },
    submitter: processIdentity(),
    createdAt: new Date().toISOString(),
    createdBy: "job",
    nonce: submission.nonce,
  };
}
