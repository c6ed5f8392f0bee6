import { relative } from "node:path";

import { processIdentity } from "../files/process-identity.ts";
import type { PreparedRun } from "../prepare/prepare-run.ts";
import type { CodeIdentity, RunRecord } from "../record/run-record.ts";
import { recordedConfig } from "../resolve/recorded-config.ts";

/** What only some runs have. */
export interface RunFacts {
  readonly nonce: string;
  readonly name?: string;
  readonly code?: CodeIdentity;
  readonly mock?: boolean;
}

/** run.json of a run: what was asked, by whom, with which code and config. No secret values. */
export function runRecordOf(run: PreparedRun, facts: RunFacts): RunRecord {
  const { provider } = run.services.executor;
  const { name, ...rest } = facts;
  return {
    version: 1,
    runId: run.runId,
    ...(run.request.tag === undefined ? {} : { tag: run.request.tag }),
    job: jobOf(run),
    parameters: run.parameters,
    config: recordedConfig(run.config, run.services),
    executor: {
      type: run.services.executor.section.type,
      package: provider.package,
      version: provider.version,
      ...(provider.integrity === undefined ? {} : { integrity: provider.integrity }),
      digest: provider.digest,
      ...(name === undefined ? {} : { name }),
    },
    submitter: processIdentity(),
    createdAt: new Date().toISOString(),
    createdBy: "submitter",
    ...rest,
  };
}

function jobOf({ job, jobName, reference, config, facts }: PreparedRun): RunRecord["job"] {
  const { definition } = job;
  const file = reference === undefined ? "" : relative(config.projectDirectory, reference.file);
  const base = { name: jobName, kind: facts.kind, file, exportName: reference?.exportName ?? "" };
  if (definition.kind === "shell") return { ...base, command: definition.command };
  return definition.kind === "script" ? { ...base, command: definition.argv } : base;
}
