import { describeNeed } from "./place/storage-refused.ts";
import type { PreparedRun } from "./prepare/prepare-run.ts";
import type { ResolvedStore } from "./resolve/resolved.ts";
import type { RunBegin } from "./run-observer.ts";

/** What an observer is told of a run that is about to begin. */
export function runBegin(run: PreparedRun): RunBegin {
  const { executor, runLog, catalog } = run.services;
  const { projectDirectory } = run.config;
  return {
    runId: run.runId,
    jobName: run.jobName,
    executor: executor.section.type,
    from: executor.section.at?.join("."),
    runLog: locationOf(runLog, projectDirectory),
    catalog: locationOf(catalog, projectDirectory),
    attempts: run.facts.retries.limit + 1,
  };
}

/** What a store stands on: `directory /data/runs`; its type where it needs nothing. */
function locationOf(
  { definition, config, section }: ResolvedStore<unknown>,
  baseDirectory: string,
): string {
  const needs = definition.needs(config, { baseDirectory });
  if (needs.length === 0) return section.type;
  return needs.map((need) => describeNeed({ ...need, role: "run-log" })).join(", ");
}
