import { basename, join, relative } from "node:path";

import type { JsonObject } from "@runnable/plugin";
import { RunnableError } from "@runnable/plugin";

import {
  defaultGraceSeconds,
  type RelocatedConfig,
  type Submission,
} from "../execute/submission.ts";
import { sha256File } from "../files/sha256-file.ts";
import type { JobReference } from "../jobs/job.ts";
import type { PreparedRun } from "../prepare/prepare-run.ts";
import { inputFiles } from "./command-of.ts";
import { addFile, type StagedPayload } from "./payload-stage.ts";
import { makePayload } from "./payload.ts";
import type { PlacedRun } from "./place-run.ts";
import type { ProjectFile } from "./project-files.ts";
import { relocateStores } from "./relocate-stores.ts";
import { secretChannels } from "./secret-channels.ts";

/** What the submitter knows beyond the placed run when it writes the submission. */
export interface StageParts {
  readonly run: PreparedRun;
  readonly placedRun: PlacedRun;
  readonly reference: JobReference;
  readonly stageDirectory: string;
  readonly nonce: string;
  readonly proof: Submission["proof"];
  readonly catalogOutbox: string | undefined;
  /** Folder that the catalog's patterns are relative to. */
  readonly catalogFolder: string | undefined;
  /** Time that earlier attempts took of the job's deadline. */
  readonly elapsedMs: number;
  /** Catalog files that the job takes, where its catalog is not over there. */
  readonly catalogFiles: readonly ProjectFile[];
}

/** The payload without its two input files: they need what is known only once the run log has an owner. */
export function makeStage(
  parts: Pick<StageParts, "run" | "placedRun" | "reference" | "stageDirectory" | "catalogFiles">,
): Promise<StagedPayload> {
  const { run, placedRun, reference, stageDirectory } = parts;
  const { jobSide } = run.services.executor.provider;
  const around = jobSide === undefined ? [] : [{ path: aroundModule, entry: jobSide.entry }];
  return makePayload({
    mode: placedRun.mode,
    reference,
    job: run.job,
    stageDirectory,
    workingDirectory: run.workingDirectory,
    projectDirectory: run.config.projectDirectory,
    modules: [...relocateStores(run.services, placedRun).modules, ...around],
    extraFiles: parts.catalogFiles,
  });
}

/** Adds config and parameters: the relocated stores and the submission. `run` is run.json where the job side must create it. */
export async function completeStage(
  stage: StagedPayload,
  parts: StageParts,
  runJson: JsonObject | undefined,
): Promise<StagedPayload> {
  const { run, placedRun } = parts;
  const names = inputFiles[placedRun.mode];
  const withParameters = await addFile(stage, names.parameters, JSON.stringify(run.parameters));
  const config: RelocatedConfig = {
    ...relocateStores(run.services, placedRun).sections,
    submission: submissionOfStage(withParameters, parts, runJson),
  };
  return addFile(withParameters, names.config, JSON.stringify(config));
}

/** Where the module that runs around the job travels. */
const aroundModule = "around/job.mjs";

function aroundOf({ services: { executor } }: PreparedRun): Pick<Submission, "aroundJob"> {
  const { jobSide } = executor.provider;
  if (jobSide === undefined) return {};
  const seen = Object.entries(executor.section.config).filter(([key]) =>
    jobSide.config.includes(key),
  );
  return { aroundJob: [{ module: aroundModule, config: Object.fromEntries(seen) }] };
}

function submissionOfStage(
  stage: StagedPayload,
  { run, placedRun, nonce, proof, catalogOutbox, catalogFolder, elapsedMs }: StageParts,
  runJson: JsonObject | undefined,
): Submission {
  const { definition, placed, owner, attempt, name, mode } = placedRun;
  const restarts = definition.restarts?.(run.services.executor.config) ?? false;
  const { files, ...part } = stage.submissionPart;
  return {
    ...part,
    ...(mode === "image" && run.loader === "bundler"
      ? { job: { ...part.job, loader: "bundler" } }
      : {}),
    files: mode === "image" ? [] : files,
    name,
    attempt,
    owner,
    nonce,
    proof,
    secrets: secretChannels(placed),
    graceSeconds: defaultGraceSeconds,
    ...(catalogOutbox === undefined ? {} : { catalogOutbox }),
    ...(catalogFolder === undefined ? {} : { catalogFolder }),
    ...aroundOf(run),
    ...(run.facts.deadlineMs === undefined ? {} : { deadlineMs: run.facts.deadlineMs - elapsedMs }),
    ...(run.facts.timeoutMs === undefined ? {} : { timeoutMs: run.facts.timeoutMs }),
    ...(restarts ? { restarts } : {}),
    ...(owner === "job" && runJson !== undefined ? { run: runJson } : {}),
  };
}

/** The job as `execute-job` names it: the file, relative to the project in an image, and the export unless it is the default. */
export function jobWord(run: PreparedRun, reference: JobReference, placedRun: PlacedRun): string {
  const file =
    placedRun.mode === "image"
      ? relative(run.config.projectDirectory, reference.file)
      : basename(reference.file);
  return reference.exportName === "default" ? file : `${file}#${reference.exportName}`;
}

/** `sha256` of a file that shows whether the project over there is this one: its package.json, if it has one. */
export async function projectProof(
  run: PreparedRun,
  placedRun: PlacedRun,
): Promise<NonNullable<Submission["proof"]["files"]>> {
  const project = placedRun.placed.find(({ need }) => need.id === "project");
  if (project?.placement.at !== "path") return [];
  const here = join(run.config.projectDirectory, "package.json");
  const digest = await sha256File(here).catch(() => undefined);
  if (digest === undefined) return [];
  return [{ need: "project", path: join(project.placement.path, "package.json"), digest }];
}

/** @throws RunnableError JOB_NOT_EXPORTED when no other process could find the job. */
export function referenceOfRun(run: PreparedRun): JobReference {
  if (run.reference) return run.reference;
  throw new RunnableError(
    "JOB_NOT_EXPORTED",
    "the job's file is not known, so no other process can load it",
    {
      hint: "Define the job in a file of its own, export it, and run that file.",
      exitCode: 78,
    },
  );
}
