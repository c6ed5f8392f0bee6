import { setTimeout as sleep } from "node:timers/promises";

import {
  isRunnableError,
  RunnableError,
  type AnyRemoteDefinition,
  type Cause,
  type Json,
  type Payload,
  type Placed,
  type RemoteContext,
  type RunLog,
} from "@runnable/plugin";

import type { OutcomeRecord, RunRecord } from "../record/run-record.ts";
import { runRecords } from "../record/run-records.ts";
import { toJson } from "../record/to-json.ts";
import type { JournalEntry } from "./journal-entry.ts";
import type { Journal } from "./journal.ts";
import { runIdUsed } from "./set-up-run-log.ts";

/** Milliseconds between the questions whether the platform has the job after all. */
const findDelaysMs = [0, 500, 2000] as const;

/** An attempt ready to go. */
export interface ReadyAttempt {
  readonly definition: AnyRemoteDefinition;
  readonly context: RemoteContext<unknown, unknown>;
  readonly journal: Journal;
  readonly entry: JournalEntry;
  readonly plan: Json;
  readonly payload: Payload;
  readonly placements: readonly Placed[];
  readonly secrets: { readonly [name: string]: string };
  readonly runLog: RunLog | undefined;
  readonly record: RunRecord;
}

/** Journal INTENT, `submitJob`, journal HANDLE. After an error the platform is asked whether it has the job all the same. */
export async function handOver(ready: ReadyAttempt): Promise<Json> {
  const { definition, context, journal, entry, plan } = ready;
  await intend(ready);
  const { payload, placements, secrets } = ready;
  let handle: Json;
  try {
    handle = await definition.submitJob(plan, { ...context, payload, placements, secrets });
  } catch (error) {
    // Refused for something that the user must change: nothing was taken.
    const refused = isRunnableError(error) && error.exitCode === 78;
    const found = refused ? undefined : await findAgain(ready, error);
    if (found === undefined) throw await failed(ready, error);
    handle = found;
  }
  await journal.write({ ...entry, state: "HANDLE", handle });
  return handle;
}

async function intend({ journal, entry }: ReadyAttempt): Promise<void> {
  if (entry.attempt > 1) {
    await journal.write(entry);
    return;
  }
  if (!(await journal.begin(entry))) {
    throw runIdUsed(entry.runId, "the submissions of this project");
  }
}

async function findAgain(
  { definition, context, entry }: ReadyAttempt,
  cause: unknown,
): Promise<Json | undefined> {
  try {
    for (const delayMs of findDelaysMs) {
      await sleep(delayMs);
      const handle = await definition.find(entry.name, context);
      if (handle !== undefined) return handle;
    }
    return undefined;
  } catch {
    throw new RunnableError(
      "SUBMIT_UNKNOWN",
      `it is not known whether ${entry.executorType} has run ${entry.runId}: ${messageOf(cause)}`,
      {
        hint: `\`runnable attach ${entry.runId}\` finds out once it answers.`,
        cause,
        exitCode: 75,
      },
    );
  }
}

async function failed(
  { entry, journal, runLog }: ReadyAttempt,
  cause: unknown,
): Promise<RunnableError> {
  const outcome = submitFailure(entry, cause);
  if (runLog) await runRecords(runLog, entry.runId).createRunOutcome(outcome);
  await journal.write({ ...entry, state: "DONE", outcome: toJson(outcome) });
  if (runLog) await journal.remove(entry.runId);
  const { exitCode = 75, error } = outcome;
  const hint = error?.remedy;
  return new RunnableError(
    "SUBMIT_FAILED",
    `${entry.executorType} did not take run ${entry.runId}: ${messageOf(cause)}`,
    { cause, exitCode, ...(hint === undefined ? {} : { hint }) },
  );
}

function submitFailure(entry: JournalEntry, cause: unknown): OutcomeRecord {
  const known = isRunnableError(cause);
  const exitCode = known && cause.exitCode === 78 ? 78 : 75;
  return {
    runId: entry.runId,
    attempt: entry.attempt,
    status: "failed",
    cause: exitCode === 78 ? refusedFor(cause) : "platform",
    exitCode,
    error: {
      name: known ? cause.code : "SubmitFailed",
      message: messageOf(cause),
      ...(known && cause.hint !== undefined ? { remedy: cause.hint } : {}),
    },
    returns: {},
    metrics: {},
    catalog: [],
    endedAt: new Date().toISOString(),
    by: "submitter",
  };
}

/** An executor says by the code, `IMAGE_…`, that no other try with the same image will do. */
function refusedFor(error: unknown): Cause {
  return isRunnableError(error) && error.code.startsWith("IMAGE_") ? "image" : "config";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
