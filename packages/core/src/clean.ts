import { rm } from "node:fs/promises";

import type { Log } from "@runnable/plugin";

import { cleanPlatform } from "./clean/clean-platform.ts";
import { cleanRuns } from "./clean/clean-runs.ts";
import type { Cleaned, CleanOptions } from "./clean/cleaned.ts";
import { localLeftovers, type LocalLeftover } from "./look-back/local-leftovers.ts";
import { openProject, type ProjectOptions } from "./look-back/open-project.ts";

export type { Cleaned } from "./clean/cleaned.ts";
export { parseDuration } from "./jobs/parse-duration.ts";

/** What to clean, and how. */
export interface CleanRequest extends ProjectOptions {
  readonly dryRun: boolean;
  /** Keep what is younger, in milliseconds; absent: age does not matter. */
  readonly olderThanMs?: number;
  readonly log: Log;
}

/**
 * Removes what clients that died left of this project's runs: submissions that are over, objects on the platform of the
 * configuration, files below `.runnable`. Nothing of a run that is under way, and nothing that carries another project's labels.
 *
 * @throws RunnableError CONFIG_INVALID, and what the platform's client throws.
 */
export async function* cleanProject(request: CleanRequest): AsyncIterable<Cleaned> {
  const { dryRun, olderThanMs, log } = request;
  const options: CleanOptions = { dryRun, olderThanMs, nowMs: Date.now(), log };
  const project = await openProject(request);
  try {
    yield* cleanRuns(project, options);
    for (const leftover of await localLeftovers(project)) yield await cleanFile(leftover, options);
    yield* cleanPlatform(project, options);
  } finally {
    await project[Symbol.asyncDispose]();
  }
}

async function cleanFile(
  { path, runId, what, why, ageMs }: LocalLeftover,
  { dryRun, olderThanMs }: CleanOptions,
): Promise<Cleaned> {
  const told = { what, path, ...(runId === undefined ? {} : { runId }), why };
  if (olderThanMs !== undefined && ageMs < olderThanMs) {
    return { ...told, why: "it is younger than asked for", action: "kept" };
  }
  if (dryRun) return { ...told, action: "would be removed" };
  try {
    await rm(path, { recursive: true, force: true });
    return { ...told, action: "removed" };
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    return { ...told, why: message, action: "failed" };
  }
}
