import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { AroundJob, Outcome } from "@runnable/plugin";

import type { OutcomeRecord } from "../record/run-record.ts";
import type { Allocation } from "./allocation.ts";

/**
 * An attempt within the executor's own code for the job side (monitoring, usage). Whatever that code does, the attempt runs
 * once and its outcome is the job's: a fault there is told and changes nothing.
 */
export async function aroundAttempt(
  allocation: Allocation,
  attempt: number,
  run: () => Promise<OutcomeRecord>,
): Promise<OutcomeRecord> {
  let outcome: Promise<OutcomeRecord> | undefined;
  // Called twice it is the same attempt, not another.
  const once = () => (outcome ??= run());
  const stop = new AbortController();
  const around = (allocation.submission.aroundJob ?? []).reduceRight<() => Promise<Outcome>>(
    (next, { module, config }) =>
      async () => {
        const aroundJob = await loadAround(join(allocation.root, module));
        const { runId, output, redact } = allocation;
        const log = (message: string) => output.say(redact.redactText(message));
        return aroundJob({ runId, attempt, config, signal: stop.signal, log }, next);
      },
    once,
  );
  try {
    await around();
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    allocation.output.say(`the executor's code around the job failed: ${message}`);
  } finally {
    stop.abort();
  }
  return once();
}

async function loadAround(path: string): Promise<AroundJob> {
  const module: { readonly default?: unknown; readonly aroundJob?: unknown } = await import(
    pathToFileURL(path).href
  );
  const found = module.aroundJob ?? module.default;
  if (typeof found === "function") return found as AroundJob;
  throw new Error("its module exports no aroundJob");
}
