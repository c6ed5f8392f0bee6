import type { Cause } from "@runnable/plugin";

import type { Job, JobCatalog, Retries } from "./job.ts";
import { parseDuration } from "./parse-duration.ts";

/** What a supervisor must know of a job, as JSON: read by the process that loaded the module. */
export interface JobFacts {
  readonly kind: "function" | "shell" | "script";
  readonly secrets: readonly string[];
  readonly catalog: JobCatalog;
  readonly timeoutMs?: number;
  readonly deadlineMs?: number;
  readonly retries: { readonly limit: number; readonly causes?: readonly Cause[] };
}

/** {@link JobFacts} of a job. */
export function jobFacts(job: Job): JobFacts {
  const { definition } = job;
  return {
    kind: definition.kind ?? "function",
    secrets: definition.secrets ?? [],
    catalog: definition.catalog ?? {},
    ...(definition.timeout === undefined ? {} : { timeoutMs: parseDuration(definition.timeout) }),
    ...(definition.deadline === undefined
      ? {}
      : { deadlineMs: parseDuration(definition.deadline) }),
    retries: retriesOf(definition.retries),
  };
}

function retriesOf(retries: number | Retries | undefined): JobFacts["retries"] {
  if (retries === undefined) return { limit: 0 };
  return typeof retries === "number" ? { limit: retries } : retries;
}
