import { writeFile } from "node:fs/promises";

import { isRunnableError, RunnableError } from "@runnable/plugin";

import type { Allocation } from "./execute/allocation.ts";
import { claimAttempt, platformIdOf } from "./execute/claim-attempt.ts";
import { deadlineFrom } from "./execute/deadline.ts";
import { executeArguments, type ExecuteArguments } from "./execute/execute-arguments.ts";
import { openJobOutput, type JobOutput } from "./execute/job-output.ts";
import type { JobSideStores } from "./execute/job-side-stores.ts";
import { proveStorage } from "./execute/prove-storage.ts";
import { parseJson, readInputs, type Inputs } from "./execute/read-inputs.ts";
import { readSecrets } from "./execute/read-secrets.ts";
import { refusalOutcome } from "./execute/refusal-outcome.ts";
import { runAttempts } from "./execute/run-attempts.ts";
import { setUpRun } from "./execute/set-up-run.ts";
import { createStopper } from "./execute/stopper.ts";
import { submissionOf } from "./execute/submission-of.ts";
import type { Submission } from "./execute/submission.ts";
import { startProcess } from "./execute/supervised-process.ts";
import { verifyPayload } from "./execute/verify-payload.ts";
import { createRedactor } from "./output/redactor.ts";
import { receiptJson, receiptText, type Receipt } from "./record/receipt.ts";
import { runRecords } from "./record/run-records.ts";

/** What differs between the prebuilt job side and an installed `runnable`. */
export interface JobSide {
  readonly stores: JobSideStores;
  /** Module that becomes the job process, started with the word `__job`. */
  readonly childEntry: string;
  readonly env: NodeJS.ProcessEnv;
  /** Takes framed output; a promise holds the job until it resolves. */
  readonly write: (lines: Uint8Array) => void | Promise<void>;
}

/**
 * The job side, `execute-job JOB RUN_ID --config FILE --parameters FILE`: a supervisor that proves storage, claims the attempt,
 * runs the job in a process of its own, and writes outcome and receipt last.
 *
 * @returns the status for the platform: 0 success; 78 only for refusals of ours (1 where the job's own is 78); else the job's.
 */
export async function executeJob(words: readonly string[], side: JobSide): Promise<number> {
  const args = executeArguments(words);
  const inputs = await readInputs(args, parseJson);
  return superviseJob({ args, inputs, submission: submissionOf(inputs.config, args) }, side);
}

/** What the job side is asked to do, read. */
export interface JobOrder {
  readonly args: ExecuteArguments;
  readonly inputs: Inputs;
  readonly submission: Submission;
  /** Values that were read already; without them those of the submission's channels are. */
  readonly secrets?: { readonly [name: string]: string };
}

/** The same for an order that was read before. */
export async function superviseJob(order: JobOrder, side: JobSide): Promise<number> {
  const { args, inputs, submission } = order;
  const stopper = createStopper(submission.graceSeconds);
  const release = onSignals(() => stopper.stop("cancelled"));
  // Node's start-up overlaps with the proof; user code is loaded only after it.
  const process = startProcess(side.childEntry, side.env);
  const secrets =
    order.secrets ?? (await readSecrets(submission.secrets, side.env).catch(asRefusal));
  const redact = createRedactor(secrets instanceof Error ? {} : secrets);
  const output = openJobOutput(side.write, redact);
  try {
    if (secrets instanceof Error) throw secrets;
    const ready = await prepare({ args, inputs, submission, secrets, side });
    const end = await runAttempts(
      {
        ...ready,
        runId: args.runId,
        output,
        redact,
        stopper,
        childEntry: side.childEntry,
        env: side.env,
        remainingMs: deadlineFrom(submission.deadlineMs),
      },
      { attempt: ready.attempt, process },
    );
    if (end.recorded) await ready.runLog?.records.createRunOutcome(end.last);
    const storeId = await ready.runLog?.log.storeId({ create: true });
    await Promise.all([ready.runLog?.log.close?.(), ready.catalog?.close?.()]);
    await finish(output, side.env, {
      version: 1,
      outcome: end.last,
      earlier: end.earlier,
      recorded: ready.runLog !== undefined && end.recorded,
      ...(storeId === undefined ? {} : { storeId }),
    });
    return platformStatus(
      end.last.status === "succeeded" ? 0 : (end.last.exitCode ?? 1),
      end.last.cause,
    );
  } catch (error) {
    process.signalGroup("SIGKILL");
    return await refuse(error, { args, submission, output, side });
  } finally {
    release();
  }
}

interface Preparation {
  readonly args: ExecuteArguments;
  readonly inputs: Inputs;
  readonly submission: Submission;
  readonly secrets: { readonly [name: string]: string };
  readonly side: JobSide;
}

type Ready = Pick<
  Allocation,
  "root" | "submission" | "parameters" | "secrets" | "runLog" | "catalog" | "claimant"
> & { readonly attempt: number };

/** Verifies, opens, proves, sets up and claims, in this order: nothing is written before the proof. */
async function prepare({ args, inputs, submission, secrets, side }: Preparation): Promise<Ready> {
  const { config, parameters, root } = inputs;
  const { runId } = args;
  await verifyPayload(root, submission.files);
  const context = { root, secrets };
  const runLogSection = config["run-log-store"];
  const log = runLogSection && (await side.stores.openRunLog(runLogSection, context));
  const catalog = config.catalog && (await side.stores.openCatalog(config.catalog, context));
  const runLog = log && { log, records: runRecords(log, runId) };
  await proveStorage({ submission, runId, runLog, catalog });
  if (runLog && submission.owner === "job") {
    await setUpRun(runLog.records, { args, submission, parameters });
  }
  const claimant = {
    runId,
    platformId: platformIdOf(side.env),
    mode: "supervised" as const,
    restarts: submission.restarts ?? false,
  };
  const limit = Number.MAX_SAFE_INTEGER;
  const attempt = runLog
    ? await claimAttempt(runLog.records, submission.attempt, { ...claimant, limit })
    : submission.attempt;
  return { root, submission, parameters, secrets, runLog, catalog, claimant, attempt };
}

/** A refusal of ours: told in the receipt, written to no store, 78. */
async function refuse(
  error: unknown,
  {
    args,
    submission,
    output,
    side,
  }: Pick<Preparation, "args" | "submission" | "side"> & { output: JobOutput },
): Promise<number> {
  const outcome = refusalOutcome(args.runId, submission.attempt, error);
  output.say(outcome.error?.message ?? "refused");
  await finish(output, side.env, { version: 1, outcome, earlier: [], recorded: false });
  return outcome.exitCode ?? 78;
}

async function finish(output: JobOutput, env: NodeJS.ProcessEnv, receipt: Receipt): Promise<void> {
  output.event("x", receiptJson(receipt));
  await output.drained();
  const path = env["RUNNABLE_RECEIPT"];
  if (path === undefined) return;
  const bytes = Number(env["RUNNABLE_RECEIPT_BYTES"] ?? 4096);
  await writeFile(path, receiptText(receipt, bytes)).catch(() => undefined);
}

function platformStatus(exitCode: number, cause: string | undefined): number {
  const ours = cause === "config" || cause === "storage" || cause === "duplicate";
  return exitCode === 78 && !ours ? 1 : exitCode;
}

function onSignals(stop: () => void): () => void {
  const names = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
  for (const name of names) process.on(name, stop);
  return () => names.forEach((name) => process.off(name, stop));
}

function asRefusal(error: unknown): Error {
  if (isRunnableError(error)) return error;
  return new RunnableError("SECRETS_UNREADABLE", "the secret values could not be read", {
    exitCode: 78,
  });
}
