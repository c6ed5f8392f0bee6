import { randomBytes } from "node:crypto";

import type { HealthFinding, Log } from "@runnable/plugin";

import { checkConfig } from "./config-file/check-config.ts";
import { readConfig } from "./configure/read-config.ts";
import { removeTraces, type CanaryPlace } from "./doctor/canary-traces.ts";
import { createCanary } from "./doctor/canary.ts";
import { checkPlatform } from "./doctor/check-platform.ts";
import { checkSecrets } from "./doctor/check-secrets.ts";
import { checkStore } from "./doctor/check-store.ts";
import { configurationFindings } from "./doctor/configuration-findings.ts";
import { failedFinding } from "./doctor/failed-finding.ts";
import { judgeCanary, judgeClock, type CanaryReturn } from "./doctor/judge-canary.ts";
import type { JobReference } from "./jobs/job.ts";
import { planRun } from "./plan-run.ts";
import { resolveServices } from "./resolve/resolve-services.ts";
import { runJob } from "./run-job.ts";
import { openStore } from "./submit/open-stores.ts";

export type { HealthFinding } from "@runnable/plugin";

/** What to look at. */
export interface DoctorRequest {
  /** `--config`. */
  readonly configFile?: string;
  /** `--executor`. */
  readonly executor?: string;
  /** A job to look at too; it is not run. */
  readonly reference?: JobReference;
  /** False: run no trivial job. */
  readonly canary: boolean;
  /** Told what is looked at next, where that may take a while. */
  readonly onBegin?: (check: string) => void;
  readonly log: Log;
}

const patienceMs = 60_000;
/** A platform may have to fetch an image first. */
const canaryMs = 180_000;

/**
 * What would go wrong with a run, found out in seconds: configuration, stores, secrets, the job, what the executor itself looks at,
 * and a trivial job there and back, whose records are removed again. Each finding as soon as it is known; where one has failed that
 * the next stand on, those are left out.
 */
export async function* examine(request: DoctorRequest): AsyncIterable<HealthFinding> {
  const cwd = process.cwd();
  const { configFile, executor, log } = request;
  const options = { cwd, env: process.env, ...(executor !== undefined && { executor }) };
  const check = await checkConfig({ ...options, ...(configFile !== undefined && { configFile }) });
  yield* configurationFindings(check);
  const config = await readConfig({
    ...options,
    ...(configFile !== undefined && { file: configFile }),
  });
  const { services } = await resolveServices(config);
  if (!services || check.problems.length > 0) return;

  const { finding, secrets } = await checkSecrets(services, config);
  yield finding;
  if (!secrets) return;
  const run = { config, secrets };
  const stores = [
    await checkStore("run-log-store", services.runLog, run),
    await checkStore("catalog", services.catalog, run),
  ];
  yield* stores;
  if (request.reference) yield await checkJob(request, request.reference);
  request.onBegin?.(services.executor.section.type);
  let well = stores.every(({ status }) => status !== "failed");
  for await (const found of checkPlatform({ config, services, log, patienceMs })) {
    yield found;
    well &&= found.status !== "failed";
  }
  const runId = `doctor-${randomBytes(6).toString("hex")}`;
  yield* checkCanary({ runId, config, services, secrets }, request, well);
}

/** Loads the job, checks its parameters, and makes its payload: what `plan` does. */
async function checkJob(request: DoctorRequest, reference: JobReference): Promise<HealthFinding> {
  try {
    const { job, submission } = await planRun({ ...requestOf(request), reference });
    const files = submission?.payload.files.length;
    const detail = files === undefined ? job : `${job}, a payload of ${files} files`;
    return { check: "job", status: "ok", detail };
  } catch (error) {
    return failedFinding("job", error);
  }
}

async function* checkCanary(
  place: CanaryPlace,
  request: DoctorRequest,
  well: boolean,
): AsyncIterable<HealthFinding> {
  const reason = well ? whyNoCanary(place, request) : "something it needs has failed";
  if (reason !== undefined) {
    yield { check: "canary", status: "skipped", detail: reason };
    return;
  }
  request.onBegin?.("canary");
  try {
    const returned = await runCanary(place, request);
    yield await judgeCanary(place, returned);
    yield* judgeClock(returned);
  } catch (error) {
    yield failedFinding("canary", error);
  }
  yield* await removeTraces(place);
}

function whyNoCanary(
  { services: { executor } }: CanaryPlace,
  { canary }: DoctorRequest,
): string | undefined {
  if (!canary) return "not asked for";
  if (executor.definition.mock?.(executor.config)) return "`mock: true`: nothing is run";
  if (executor.kind === "direct") return undefined;
  // It would have to be in the image.
  const mode = executor.definition.payloadMode?.(executor.config);
  return mode === "image" ? "`code: image`: an image holds only its own jobs" : undefined;
}

async function runCanary(place: CanaryPlace, request: DoctorRequest): Promise<CanaryReturn> {
  const { runId, config, services } = place;
  const prints = services.executor.kind === "remote";
  const catalog = await openStore(services.catalog, place);
  const { dataFolder } = catalog;
  await catalog.close?.();
  const { projectDirectory } = config;
  const canary = await createCanary({ runId, projectDirectory, dataFolder, prints });
  const [from, started] = [new Date(), performance.now()];
  const heard: Uint8Array[] = [];
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort("now"), canaryMs);
  try {
    const result = await runJob(
      {
        ...requestOf(request),
        reference: { file: canary.file, exportName: "default" },
        runId,
        signal: stop.signal,
        throwOnFailure: false,
      },
      { onFrame: ({ bytes }) => heard.push(bytes) },
    );
    return {
      result,
      tookMs: performance.now() - started,
      from,
      to: new Date(),
      printed: prints ? runId : undefined,
      heard: Buffer.concat(heard).toString(),
    };
  } finally {
    clearTimeout(timer);
    await canary[Symbol.asyncDispose]();
  }
}

function requestOf({ configFile, executor }: DoctorRequest): {
  readonly configFile?: string;
  readonly executor?: string;
} {
  return {
    ...(configFile === undefined ? {} : { configFile }),
    ...(executor === undefined ? {} : { executor }),
  };
}
