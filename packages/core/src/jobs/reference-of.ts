import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { referenceByOrder } from "./definition-order.ts";
import { jobExports } from "./job-exports.ts";
import type { Job, JobReference } from "./job.ts";

/**
 * How another process finds this very job: as an export of the module that defined it, else as the n-th job that is defined
 * while the job file, or the process's main module, loads. Undefined where neither holds: code without a file.
 */
export async function referenceOf(job: Job): Promise<JobReference | undefined> {
  return (await exportedReference(job)) ?? referenceByOrder(job);
}

async function exportedReference(job: Job): Promise<JobReference | undefined> {
  if (job.definedIn === undefined) return undefined;
  const exported = jobExports(await evaluatedModule(job.definedIn));
  const exportName = [...exported].find(([, value]) => value === job)?.[0];
  return exportName === undefined ? undefined : { file: fileURLToPath(job.definedIn), exportName };
}

/** The module, which is loaded already; undefined while its top level still awaits, perhaps this very run. */
async function evaluatedModule(url: string): Promise<unknown> {
  const module = import(url).catch(() => undefined) as Promise<unknown>;
  return Promise.race([module, turns()]);
}

async function turns(): Promise<undefined> {
  await setImmediate();
  await setImmediate();
  return undefined;
}
