import { planRun, type RunPlan, type StorageLine } from "@runnable/core/plan";

import type { Invocation } from "../arguments/invocation.ts";
import { formatPlan, type StorageRow } from "../format/format-plan.ts";
import { formatBytes } from "../terminal/format-bytes.ts";
import { createStyle, wantsColour } from "../terminal/style.ts";
import { requestOf } from "./request-of.ts";

/** `runnable plan JOB`. */
export async function run(invocation: Invocation): Promise<number> {
  const plan = await planRun(requestOf(invocation), {
    onNotice: (message) => process.stderr.write(`runnable: ${message}\n`),
  });
  process.stdout.write(invocation.json ? `${JSON.stringify(plan, undefined, 2)}\n` : pageOf(plan));
  return 0;
}

function pageOf({ runId, job, executor, storage, submission }: RunPlan): string {
  const { type, from, kind, mock } = executor;
  const where = kind === "direct" ? "in this process" : undefined;
  const settings = from === undefined ? "with its defaults" : `from ${from}`;
  const facts = [settings, where, mock ? "mock: nothing is run" : undefined];
  return formatPlan(
    {
      job,
      executor: `${type} (${facts.filter((fact) => fact !== undefined).join(", ")})`,
      providedBy: `${executor.package} ${executor.version}`,
      runId,
      command: submission?.command?.argv,
      payload: submission && {
        files: submission.payload.files.length,
        size: formatBytes(submission.payload.bytes),
      },
      storage: storage.map(rowOf),
      plan: submission?.plan,
    },
    {
      style: createStyle(wantsColour(process.stdout, process.env)),
      columns: process.stdout.columns ?? 80,
    },
  );
}

function rowOf({ store, type, need, access, placement, shared, setUpBy }: StorageLine): StorageRow {
  return {
    store: type === undefined || type === store ? store : `${store} ${type}`,
    need: access === "read" && store === "catalog" ? `${need} (read)` : need,
    placement: shared === undefined ? placement : `${placement} (${sharedWords[`${shared}`]})`,
    setUpBy: setUpBy ?? "",
  };
}

const sharedWords = {
  true: "shared",
  verify: "shared, the job proves it",
  false: "not shared",
} as const;
