import { RunnableError, type JsonObject } from "@runnable/plugin";

import type { Config } from "../configure/config.ts";
import { readConfig } from "../configure/read-config.ts";
import { configError } from "../configure/report.ts";
import type { BundleJobModule, JobModuleLoader } from "../jobs/import-job-module.ts";
import { jobFacts, type JobFacts } from "../jobs/job-facts.ts";
import { jobName } from "../jobs/job-name.ts";
import type { Job, JobReference } from "../jobs/job.ts";
import { loadJobFile } from "../jobs/load-job-file.ts";
import { readParameters } from "../jobs/read-parameters.ts";
import { referenceOf } from "../jobs/reference-of.ts";
import { createRegistry } from "../resolve/registry.ts";
import { resolveServices, type Overrides } from "../resolve/resolve-services.ts";
import type { Services } from "../resolve/resolved.ts";
import { supervisedServices } from "../resolve/supervised-services.ts";
import type { RunObserver } from "../run-observer.ts";
import type { RunRequest } from "../run-request.ts";
import { findJobFile } from "./find-job-file.ts";
import type { ReadSecretValues } from "./read-secret-values.ts";
import { checkRunId, createRunId } from "./run-id.ts";

/** A run, everything about it known and checked, nothing written yet. */
export interface PreparedRun {
  readonly runId: string;
  readonly request: RunRequest;
  readonly config: Config;
  readonly services: Services;
  readonly job: Job;
  /** How another process finds the job; absent for a job made in code that only this process can run. */
  readonly reference: JobReference | undefined;
  readonly jobName: string;
  readonly facts: JobFacts;
  /** How the module could be loaded: some need the bundler. */
  readonly loader: JobModuleLoader;
  /** Absolute paths of the project's modules that were loaded with the job. */
  readonly modules: readonly string[];
  /** As given, merged; checked by the job's schema. */
  readonly parameters: JsonObject;
  /** Values of the secrets that the job and the stores ask for. */
  readonly secrets: { readonly [name: string]: string };
  readonly workingDirectory: string;
}

/** What preparing leaves to its caller. */
export interface PrepareMeans {
  /** Makes a copy of a job file that Node.js alone can't load. */
  readonly bundle: BundleJobModule;
  /** Reads secret values; a plan takes their names alone. */
  readonly secrets: ReadSecretValues;
}

/**
 * Reads config, services, job, parameters and secrets.
 *
 * @throws RunnableError CONFIG_INVALID, JOB_…, PARAMETERS_INVALID, SECRETS_MISSING: each with everything that is wrong.
 */
export async function prepareRun(
  request: RunRequest,
  observer: RunObserver,
  means: PrepareMeans,
): Promise<PreparedRun> {
  const runId = request.runId === undefined ? createRunId(new Date()) : checkRunId(request.runId);
  const workingDirectory = process.cwd();
  const config = await readConfig(configOptions(request, workingDirectory));
  const resolution = await resolveServices(config, overridesOf(request));
  if (!resolution.services) throw configError(resolution.problems, workingDirectory);
  for (const warning of resolution.warnings) observer.onNotice?.(warning.message);
  const loaded = await loadRequested(request, means.bundle);
  const facts = jobFacts(loaded.job);
  const services = await supervisedServices(resolution.services, {
    detach: request.detach ?? false,
    timed: facts.timeoutMs !== undefined || facts.deadlineMs !== undefined,
    retries: facts.retries.limit > 0,
  });
  const [parameters, secrets] = await Promise.all([
    readParameters(loaded.job, {
      ...(request.parametersArgument === undefined ? {} : { file: request.parametersArgument }),
      ...(request.parametersFile === undefined ? {} : { fileInCode: request.parametersFile }),
      ...(request.parameters === undefined ? {} : { inCode: request.parameters }),
      arguments: request.parameterArguments ?? [],
      env: process.env,
    }),
    means.secrets(services, facts.secrets, config.projectDirectory),
  ]);
  return {
    ...loaded,
    runId,
    request,
    config,
    services,
    facts,
    parameters,
    secrets,
    workingDirectory,
  };
}

type Loaded = Pick<PreparedRun, "job" | "reference" | "jobName" | "loader" | "modules">;

async function loadRequested(request: RunRequest, bundle: BundleJobModule): Promise<Loaded> {
  if (request.job) {
    const reference = request.reference ?? (await referenceOf(request.job));
    const modules = reference ? [reference.file] : [];
    const name = jobName(request.job, reference?.file);
    return { job: request.job, reference, jobName: name, loader: "node", modules };
  }
  const { reference } = request;
  if (!reference) throw new RunnableError("USAGE", "a run needs a job", { exitCode: 78 });
  const file = findJobFile(reference.file);
  const loaded = await loadJobFile({ ...reference, file }, bundle);
  return { ...loaded, reference: { ...reference, file }, jobName: jobName(loaded.job, file) };
}

function configOptions(request: RunRequest, cwd: string): Parameters<typeof readConfig>[0] {
  return {
    cwd,
    env: process.env,
    ...(request.configFile === undefined ? {} : { file: request.configFile }),
    ...(request.configurationFile === undefined ? {} : { fileInCode: request.configurationFile }),
    ...(typeof request.executor === "string" ? { executor: request.executor } : {}),
    ...(request.configuration === undefined ? {} : { inCode: request.configuration }),
    ...(request.plugins && { fullName: createRegistry(request.plugins).fullName }),
  };
}

function overridesOf({ executor, plugins }: RunRequest): Overrides {
  return { ...(typeof executor === "object" && { executor }), ...(plugins && { plugins }) };
}
