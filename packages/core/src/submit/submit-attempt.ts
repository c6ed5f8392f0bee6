import { createHash, randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { hostname } from "node:os";
import { posix } from "node:path";

import {
  RunnableError,
  type AnyRemoteDefinition,
  type Catalog,
  type Json,
  type Log,
  type RemoteContext,
  type RunLog,
} from "@runnable/plugin";

import type { Submission } from "../execute/submission.ts";
import { isShared } from "../place/run-log-owner.ts";
import type { PreparedRun } from "../prepare/prepare-run.ts";
import { codeIdentity } from "../record/code-identity.ts";
import type { CodeIdentity, RunRecord } from "../record/run-record.ts";
import { toJson } from "../record/to-json.ts";
import { connectClient } from "./connect-client.ts";
import { handOver } from "./hand-over.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { openJournal, type Journal } from "./journal.ts";
import {
  completeStage,
  jobWord,
  makeStage,
  projectProof,
  referenceOfRun,
  type StageParts,
} from "./make-stage.ts";
import { closeStores, openStores } from "./open-stores.ts";
import { refuseChanged } from "./payload-file.ts";
import type { StagedPayload } from "./payload-stage.ts";
import { placeRun, type PlacedRun } from "./place-run.ts";
import { planContext, remoteContext } from "./remote-context.ts";
import { runRecordOf } from "./run-record-of.ts";
import { setUpRunLog } from "./set-up-run-log.ts";
import { stageDirectoryOf } from "./stage-directory.ts";
import { takeCatalogFiles } from "./take-catalog-files.ts";

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

/** A further attempt of a run keeps its nonce. */
export interface AttemptOptions {
  readonly attempt: number;
  readonly nonce?: string;
  /** Time that earlier attempts took; default 0. */
  readonly elapsedMs?: number;
  /** Throws when the code is not what it must be; called before anything is written. */
  readonly check?: (code: CodeIdentity) => void;
  /** Aborted when the run is to be cancelled; what is not submitted yet never is. */
  readonly stop: AbortSignal;
  /** Aborted when the user gives up on the calls, too. */
  readonly signal: AbortSignal;
  readonly log: Log;
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
  const staged = await stageAttempt(run, placedRun, options);
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
    const entry = journalEntry(run, { placedRun, staged, plan });
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

interface StagedAttempt {
  readonly stage: StagedPayload;
  readonly stageDirectory: string;
  readonly nonce: string;
  readonly catalogOutbox: string | undefined;
  readonly record: RunRecord;
  readonly runLog: RunLog | undefined;
  readonly catalog: Catalog | undefined;
}

async function stageAttempt(
  run: PreparedRun,
  placedRun: PlacedRun,
  options: AttemptOptions,
): Promise<StagedAttempt> {
  const reference = referenceOfRun(run);
  const { projectDirectory } = run.config;
  const { attempt, nonce = randomBytes(16).toString("hex") } = options;
  const stageDirectory = stageDirectoryOf(projectDirectory, { runId: run.runId, attempt, nonce });
  const catalogOutbox = outboxOf(placedRun);
  try {
    const stores = await openStores(run, placedRun);
    const catalogFiles = await takeCatalogFiles(run, stores, { placedRun, stageDirectory });
    const first = await makeStage({ run, placedRun, reference, stageDirectory, catalogFiles });
    const code = await codeOf(run, first);
    options.check?.(code);
    const record = runRecordOf(run, { nonce, name: placedRun.name, code });
    const proof = await proofOf(run, placedRun, stores);
    const parts: StageParts = {
      run,
      placedRun,
      reference,
      stageDirectory,
      nonce,
      proof,
      catalogOutbox,
      catalogFiles,
      elapsedMs: options.elapsedMs ?? 0,
    };
    const stage = await completeStage(first, parts, toJson(record));
    return { stage, stageDirectory, nonce, catalogOutbox, record, ...stores };
  } catch (error) {
    await rm(stageDirectory, { recursive: true, force: true });
    throw error;
  }
}

function codeOf(
  run: PreparedRun,
  { bundle, payload }: StagedPayload,
): ReturnType<typeof codeIdentity> {
  const files = payload.files.filter(({ path }) => path.startsWith("files/"));
  return codeIdentity({
    projectDirectory: run.config.projectDirectory,
    modules: bundle?.modules ?? run.modules,
    files: files.map(({ source }) => source),
    ...(bundle === undefined ? {} : { bundleDigest: bundle.digest }),
  });
}

async function proofOf(
  run: PreparedRun,
  placedRun: PlacedRun,
  { runLog, catalog }: Pick<Submitted, "runLog" | "catalog">,
): Promise<Submission["proof"]> {
  const placed = placedRun.placed.filter(({ need }) => need.role === "catalog");
  const provable =
    catalog && placed.length > 0 && !placedRun.catalogRelayed && placed.every(isShared);
  const catalogStoreId = provable ? await catalog.storeId({ create: true }) : undefined;
  return {
    ...(catalogStoreId === undefined ? {} : { catalogStoreId }),
    submitter: {
      host: hostname(),
      ...(runLog === undefined ? {} : { runLog: runLog.location }),
      ...(catalog === undefined ? {} : { catalog: catalog.location }),
    },
    files: await projectProof(run, placedRun),
  };
}

function outboxOf({ placed, catalogRelayed }: PlacedRun): string | undefined {
  if (!catalogRelayed) return undefined;
  const catalog = placed.find(({ need }) => need.role === "catalog")?.placement;
  if (catalog?.at === "relay" && catalog.path !== undefined) return catalog.path;
  const payload = placed.find(({ need }) => need.kind === "files")?.placement;
  return payload?.at === "path" ? posix.join(payload.path, "outbox") : undefined;
}

function journalEntry(
  run: PreparedRun,
  { placedRun, staged, plan }: { placedRun: PlacedRun; staged: StagedAttempt; plan: Json },
): JournalEntry {
  const { request, config, services } = run;
  const { retries } = run.facts;
  return {
    version: 1,
    runId: run.runId,
    attempt: placedRun.attempt,
    name: placedRun.name,
    state: "INTENT",
    owner: placedRun.owner,
    nonce: staged.nonce,
    executorType: services.executor.section.type,
    ...(typeof request.executor === "string" ? { executorOption: request.executor } : {}),
    ...(config.file === undefined ? {} : { configFile: config.file }),
    workingDirectory: run.workingDirectory,
    job: referenceOfRun(run),
    parameters: run.parameters,
    ...(request.tag === undefined ? {} : { tag: request.tag }),
    createdAt: staged.record.createdAt,
    submitter: staged.record.submitter,
    planDigest: `sha256:${createHash("sha256").update(JSON.stringify(plan)).digest("hex")}`,
    ...(staged.catalogOutbox === undefined ? {} : { catalogOutbox: staged.catalogOutbox }),
    retries,
    ...(placedRun.owner === "job" ? { run: toJson(staged.record) } : {}),
  };
}
