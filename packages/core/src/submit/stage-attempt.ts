import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { hostname } from "node:os";
import { posix } from "node:path";

import type { Catalog, Log, RunLog } from "@runnable/plugin";

import type { Submission } from "../execute/submission.ts";
import { scriptFiles } from "../jobs/script-files.ts";
import { isShared } from "../place/run-log-owner.ts";
import type { PreparedRun } from "../prepare/prepare-run.ts";
import { codeIdentity } from "../record/code-identity.ts";
import type { RunRecord } from "../record/run-record.ts";
import { toJson } from "../record/to-json.ts";
import type { AttemptOptions } from "./attempt-options.ts";
import {
  completeStage,
  makeStage,
  projectProof,
  referenceOfRun,
  type StageParts,
} from "./make-stage.ts";
import { openStores } from "./open-stores.ts";
import type { StagedPayload } from "./payload-stage.ts";
import type { PlacedRun } from "./place-run.ts";
import { runRecordOf } from "./run-record-of.ts";
import { stageDirectoryOf } from "./stage-directory.ts";
import { beginStage } from "./stage-owner.ts";
import { takeCatalogFiles } from "./take-catalog-files.ts";

/** What an attempt needs before it is submitted; nothing of it is in a store yet. */
export interface StagedAttempt {
  readonly stage: StagedPayload;
  readonly stageDirectory: string;
  readonly nonce: string;
  readonly catalogOutbox: string | undefined;
  readonly record: RunRecord;
  readonly runLog: RunLog | undefined;
  readonly catalog: Catalog | undefined;
}

/** Opens the stores and lays out the payload in a directory of the attempt's own, which is removed when that fails. */
export async function stageAttempt(
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
    await beginStage(stageDirectory);
    const stores = await openStores(run, placedRun);
    const catalogFiles = await takeCatalogFiles(run, stores, { placedRun, stageDirectory });
    if (attempt === 1) await tellScriptFiles(run, options.log);
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
      catalogFolder: placedRun.catalogRelayed ? stores.catalog?.dataFolder : undefined,
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

/** Files that nobody declared and that travel all the same are said. */
async function tellScriptFiles({ job, workingDirectory }: PreparedRun, log: Log): Promise<void> {
  const { definition } = job;
  if (definition.kind !== "script") return;
  const files = await scriptFiles(definition.argv, workingDirectory);
  const paths = files.map(({ path }) => path);
  if (paths.length > 0) log(`${paths.join(", ")} of the command travels with the job`);
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
  { runLog, catalog }: Pick<StagedAttempt, "runLog" | "catalog">,
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
