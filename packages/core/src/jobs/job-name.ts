import { basename } from "node:path";
import { fileURLToPath } from "node:url";

import type { Job } from "./job.ts";

/** What lists call a job: its `name`, else its file's without `.job.ts` or `.ts` (of the export `#name` nothing shows), else `job`. */
export function jobName(job: Job, file: string | undefined): string {
  if (job.definition.name !== undefined) return job.definition.name;
  const source = file ?? (job.definedIn === undefined ? undefined : fileURLToPath(job.definedIn));
  return source === undefined
    ? "job"
    : basename(source).replace(/(?:\.job)?\.[cm]?[jt]sx?$/, "") || "job";
}
