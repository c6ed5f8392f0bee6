import { RunnableError } from "@runnable/plugin";

import { superviseJob } from "./execute-job.ts";
import type { ExecuteArguments } from "./execute/execute-arguments.ts";
import { submissionOf } from "./execute/submission-of.ts";
import type { Submission } from "./execute/submission.ts";
import { withJobCopy } from "./installed/job-copy.ts";
import type { RunResult } from "./jobs/job.ts";
import { createFrameReader } from "./output/frame-reader.ts";
import { createFramePrinter } from "./output/print-frames.ts";
import { prepareRun, type PreparedRun } from "./prepare/prepare-run.ts";
import { parseReceipt } from "./record/receipt.ts";
import { toJson } from "./record/to-json.ts";
import { runBegin } from "./run-begin.ts";
import { runMeans } from "./run-means.ts";
import type { RunObserver } from "./run-observer.ts";
import { openStore } from "./submit/open-stores.ts";
import { runModule } from "./submit/run-module.ts";
import { runRecordOf } from "./submit/run-record-of.ts";

/**
 * `execute-job` with a config that a person wrote: the run is made in that config's run log and done here, under a supervisor, in
 * the working directory. `job-executor` is not asked.
 *
 * @throws RunnableError what `runJob` throws before it runs anything; RUN_ID_USED.
 */
export async function executeByHand(
  args: ExecuteArguments,
  observer: RunObserver,
): Promise<RunResult> {
  const run = await prepareRun(requestOf(args), observer, runMeans);
  observer.onBegin?.(runBegin(run));
  const file = run.reference?.file ?? args.job;
  const receiptText =
    run.loader === "bundler"
      ? await withJobCopy(file, (copy) => supervise(run, observer, { args, module: copy }))
      : await supervise(run, observer, { args, module: file });
  return resultOf(receiptText);
}

/** Does the job and shows what it says; the receipt's text. */
async function supervise(
  run: PreparedRun,
  observer: RunObserver,
  { args, module }: { readonly args: ExecuteArguments; readonly module: string },
): Promise<string | undefined> {
  const printer = createFramePrinter(process);
  const reader = createFrameReader({
    onFrame: (frame) => {
      if (frame.channel === "p") {
        observer.onProgress?.(JSON.parse(Buffer.from(frame.bytes).toString()));
      } else printer.print(frame);
    },
  });
  await superviseJob(
    {
      args,
      inputs: {
        config: sectionsOf(run),
        parameters: run.parameters,
        root: run.config.projectDirectory,
      },
      submission: await submissionByHand(run, args, module),
      secrets: run.secrets,
    },
    {
      stores: {
        openRunLog: () => openStore(run.services.runLog, run),
        openCatalog: () => openStore(run.services.catalog, run),
      },
      childEntry: await runModule(),
      env: process.env,
      write: (lines) => reader.push(lines),
    },
  );
  await printer.flush();
  return reader.receipt();
}

function resultOf(receiptText = ""): RunResult {
  const receipt = parseReceipt(receiptText);
  if (receipt === undefined) throw new Error("the supervisor ended without a receipt");
  const { outcome, recorded } = receipt;
  if (recorded || outcome.error === undefined) return outcome;
  const { name, message, remedy } = outcome.error;
  const hint = remedy === undefined ? {} : { hint: remedy };
  throw new RunnableError(name, message, { exitCode: outcome.exitCode ?? 75, ...hint });
}

function requestOf({
  job,
  runId,
  config,
  parameters,
}: ExecuteArguments): Parameters<typeof prepareRun>[0] {
  const { module: file, exportName } = submissionOf({}, { job, runId, config, parameters }).job;
  return {
    reference: { file, exportName },
    runId,
    executor: "local",
    ...(config === undefined ? {} : { configFile: config }),
    ...(parameters === undefined ? {} : { parametersArgument: parameters }),
  };
}

/** Named, so that the job side opens them; what they are is resolved already. */
function sectionsOf({ services }: PreparedRun): {
  readonly [section: string]: { type: string; config: object };
} {
  return {
    "run-log-store": { type: services.runLog.section.type, config: {} },
    catalog: { type: services.catalog.section.type, config: {} },
  };
}

async function submissionByHand(
  run: PreparedRun,
  args: ExecuteArguments,
  module: string,
): Promise<Submission> {
  const submission = submissionOf({}, args);
  const record = runRecordOf(run, { nonce: submission.nonce });
  const { deadlineMs } = run.facts;
  return {
    ...submission,
    job: { ...submission.job, module },
    run: toJson(record),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  };
}
