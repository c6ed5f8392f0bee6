import { hostname } from "node:os";

import type { AnyRemoteDefinition, Json, Leftover, PlatformStatus } from "@runnable/plugin";

import type { Project } from "../look-back/open-project.ts";
import { runRecords } from "../record/run-records.ts";
import { platformServices } from "../resolve/supervised-services.ts";
import { connectClient } from "../submit/connect-client.ts";
import { platformName } from "../submit/platform-name.ts";
import { projectLabel } from "../submit/project-label.ts";
import { remoteContext } from "../submit/remote-context.ts";
import type { Cleaned, CleanOptions } from "./cleaned.ts";
import { judgeLeftover, type Judgement } from "./judge-leftover.ts";

/** How long a platform may take to say what became of one object. */
const patienceMs = 10_000;

/** Where something is cleaned, and how. */
interface Cleaning {
  readonly project: Project;
  readonly definition: AnyRemoteDefinition;
  readonly config: unknown;
  readonly client: unknown;
  readonly options: CleanOptions;
}

/** What the platform of the configuration still has of this project's runs; what is over is removed. */
export async function* cleanPlatform(
  project: Project,
  options: CleanOptions,
): AsyncIterable<Cleaned> {
  const { executor } = await platformServices(await project.services());
  if (executor.kind !== "remote" || !executor.definition.leftovers) return;
  const { definition, config } = executor;
  const { client, release } = await connectClient(definition, config, options.log);
  try {
    const { projectDirectory } = project.config;
    const found = executor.definition.leftovers({
      config,
      client,
      projectDirectory,
      signal: new AbortController().signal,
      log: options.log,
      labels: projectLabel(projectDirectory),
    });
    const cleaning = { project, definition, config, client, options };
    for await (const leftover of found) yield await cleanOne(cleaning, leftover);
  } finally {
    await release();
  }
}

async function cleanOne(cleaning: Cleaning, leftover: Leftover<Json>): Promise<Cleaned> {
  const { definition, options } = cleaning;
  const { runId, attempt, handle, description } = leftover;
  const context = contextOf(cleaning, leftover);
  const { remove, why } = await judge(cleaning, leftover, context);
  const told = { what: description, runId, attempt, why };
  if (!remove) return { ...told, action: "kept" };
  if (options.dryRun) return { ...told, action: "would be removed" };
  try {
    await definition.remove(handle, context);
    return { ...told, action: "removed" };
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    return { ...told, why: message, action: "failed" };
  }
}

async function judge(
  { project, definition, options }: Cleaning,
  { runId, attempt, handle, createdAt }: Leftover<Json>,
  context: ReturnType<typeof remoteContext>,
): Promise<Judgement> {
  // First what the platform says, then what is noted here: a client that submits notes it before.
  const status = await statusOf(definition, handle, context);
  const [entry, run] = await Promise.all([
    project.journal.read(runId),
    runRecords(project.runLog, runId).readRun(),
  ]);
  const ageMs = createdAt === undefined ? undefined : options.nowMs - Date.parse(createdAt);
  const facts = { attempt, ageMs, entry, recorded: run !== undefined, status };
  return judgeLeftover(facts, options.olderThanMs);
}

function contextOf(
  { project, config, client, options: { log } }: Cleaning,
  { runId, attempt }: Leftover<Json>,
): ReturnType<typeof remoteContext> {
  const { projectDirectory } = project.config;
  const name = platformName({ runId, host: hostname(), projectDirectory }, attempt);
  const { signal } = new AbortController();
  return remoteContext({ config, client, runId, attempt, name, projectDirectory, signal, log });
}

async function statusOf(
  definition: AnyRemoteDefinition,
  handle: Json,
  context: ReturnType<typeof remoteContext>,
): Promise<PlatformStatus["state"] | undefined> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    for await (const { state } of definition.observe(handle, { ...context, signal })) return state;
  } catch {
    // It does not answer, or not in time.
  }
  return undefined;
}
