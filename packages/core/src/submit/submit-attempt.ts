import { rm } from "node:fs/promises";

import {
  isRunnableError,
  RunnableError,
  type AnyRemoteDefinition,
  type Catalog,
  type Json,
  type RemoteContext,
  type RunLog,
} from "@runnable/plugin";

import type { PreparedRun } from "../prepare/prepare-run.ts";
import type { AttemptOptions } from "./attempt-options.ts";
import { connectClient } from "./connect-client.ts";
import { handOver } from "./hand-over.ts";
import { intentOf } from "./intent-of.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { openJournal, type Journal } from "./journal.ts";
import { jobWord, referenceOfRun } from "./make-stage.ts";
import { closeStores } from "./open-stores.ts";
import { refuseChanged } from "./payload-file.ts";
import type { StagedPayload } from "./payload-stage.ts";
import { placeRun, type PlacedRun } from "./place-run.ts";
import { projectUnwritable } from "./project-unwritable.ts";
import { planContext, remoteContext } from "./remote-context.ts";
import { setUpRunLog } from "./set-up-run-log.ts";
import { stageAttempt, type StagedAttempt } from "./stage-attempt.ts";

/** An attempt that the platform has, and what is needed to follow it. */
export interface Submitted {
  readonly definition: AnyRemoteDefinition;
  readonly context: RemoteContext<unknown, unknown>;
  readonly entry: JournalEntry;
  readonly journal: Journal;
  readonly handle: Json;
  /** Open where the submitter reads or writes it; undefined where only the job side sees it. */
  readonly runLog: RunLog | undefined;
  readonly catalog: Catalog | undefined;
  readonly stageDirectory: string;
  readonly release: () => Promise<void>;
}

/**
 * Submits one attempt: placements and owner, payload, plan, run.json (if the submitter is its owner), journal INTENT,
 * `submitJob`, journal HANDLE. Assume a crash between any two of these: each can be found again or is harmless.
 *
 * @throws RunnableError STORAGE_REFUSED, RUN_ID_USED before anything is submitted; SUBMIT_FAILED (the outcome is recorded);
 * SUBMIT_UNKNOWN when the platform can't tell whether it has the job (`attach` finds out).
 */
export async function submitAttempt(run: PreparedRun, options: AttemptOptions): Promise<Submitted> {
  const { executor } = run.services;
  if (executor.kind !== "remote") throw new Error("a direct executor submits nothing");
  const { definition } = executor;
  const placedRun = placeRun(run, definition, options.attempt);
  const staged = await stageAttempt(run, placedRun, options).catch((error: unknown) => {
    throw projectUnwritable(error, run.config.projectDirectory);
  });
  for (const warning of staged.stage.bundle?.warnings ?? []) options.log(warning);
  const ready = await getReady(run, { placedRun, staged, options }).catch(
    async (error: unknown) => {
      await rm(staged.stageDirectory, { recursive: true, force: true });
      throw error;
    },
  );
  const { entry } = ready;
  const base = { definition, ...ready, ...staged };
  const handle = await handOver({
    ...base,
    secrets: run.secrets,
    payload: staged.stage.payload,
    placements: placedRun.placed,
  }).catch(async (error: unknown) => {
    await ready.release();
    // A platform that may have the job may still read from there.
    const isUnknown = isRunnableError(error) && error.code === "SUBMIT_UNKNOWN";
    if (!isUnknown) await rm(staged.stageDirectory, { recursive: true, force: true });
    throw error;
  });
  return { ...base, entry: { ...entry, state: "HANDLE", handle }, handle };
}

type Ready = Pick<Submitted, "context" | "entry" | "journal" | "release"> & { readonly plan: Json };

/** Everything up to the journal, which is where a submission begins. */
async function getReady(
  run: PreparedRun,
  {
    placedRun,
    staged,
    options,
  }: { placedRun: PlacedRun; staged: StagedAttempt; options: AttemptOptions },
): Promise<Ready> {
  const { definition } = placedRun;
  const { projectDirectory } = run.config;
  const { log, signal, stop } = options;
  const { client, release } = await connectClient(definition, run.services.executor.config, log);
  try {
    const context = remoteContext({
      ...placedRun.placeContext,
      client,
      projectDirectory,
      signal,
      log,
    });
    const plan = definition.plan(planContextOf(run, placedRun, staged.stage));
    const entry = intentOf(run, { placedRun, staged, plan });
    if (stop.aborted) throw interrupted(run.runId);
    await refuseChanged(staged.stage.payload);
    // Last before the journal: whatever is wrong before this leaves no trace of the run.
    await setUpRunLog(staged.runLog, staged.record, options.attempt);
    const close = async () => {
      await release();
      await closeStores(staged);
    };
    return { context, entry, journal: openJournal(projectDirectory), release: close, plan };
  } catch (error) {
    await release();
    await closeStores(staged);
    throw error;
  }
}

function interrupted(runId: string): RunnableError {
  return new RunnableError(
    "INTERRUPTED",
    `run ${runId} was interrupted before anything was submitted`,
    {
      exitCode: 130,
    },
  );
}

/** The plan's context: the same for `plan` offline and for a submission. */
export function planContextOf(
  run: PreparedRun,
  placedRun: PlacedRun,
  stage: StagedPayload,
): ReturnType<typeof planContext> {
  return planContext({
    placedRun,
    stage,
    word: jobWord(run, referenceOfRun(run), placedRun),
    jobName: run.jobName,
    facts: run.facts,
  });
}
