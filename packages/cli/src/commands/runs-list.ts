import { listRuns, type RunView } from "@runnable/core/look-back";

import type { Invocation } from "../arguments/invocation.ts";
import { formatRunsList, type ListedRunFacts } from "../format/format-runs-list.ts";
import { numberOption } from "./number-option.ts";
import { pageOptions, printJson, projectOf } from "./project-of.ts";

const defaultLimit = 20;

/** `runnable runs list`. */
export async function run(invocation: Invocation): Promise<number> {
  const limit = numberOption(invocation, "limit") ?? defaultLimit;
  const runs = (await listRuns(await projectOf(invocation), limit)).map(listed);
  if (invocation.json) printJson(runs);
  else process.stdout.write(formatRunsList(runs, { ...pageOptions(), now: Date.now() }));
  return 0;
}

function listed({ runId, run, entry, state, outcome }: RunView): ListedRunFacts {
  return {
    runId,
    job: run?.job.name ?? "",
    tag: run?.tag ?? entry?.tag,
    executor: run?.executor.type ?? entry?.executorType ?? "",
    status: state,
    startedAt: run?.createdAt ?? entry?.createdAt,
    durationMs: outcome?.durationMs,
  };
}
