import { concludeSome, listRuns, type RunSummary } from "@runnable/core/look-back";

import type { Invocation } from "../arguments/invocation.ts";
import { formatRunsList, type ListedRunFacts } from "../format/format-runs-list.ts";
import { numberOption } from "./number-option.ts";
import { pageOptions, printJson, withProject } from "./with-project.ts";

const defaultLimit = 20;
/** The page is out by then: so long the prompt may wait for what else there is to do. */
const concludeMs = 1000;

/** `runnable runs list`. */
export function run(invocation: Invocation): Promise<number> {
  return withProject(invocation, async (project) => {
    const limit = numberOption(invocation, "limit") ?? defaultLimit;
    const tag = invocation.text("tag");
    const views = await listRuns(project, { limit, ...(tag === undefined ? {} : { tag }) });
    const runs = views.map(listed);
    if (invocation.json) printJson(runs);
    else process.stdout.write(formatRunsList(runs, { ...pageOptions(), now: Date.now() }));
    await concludeSome(project, views, { budgetMs: concludeMs });
    return 0;
  });
}

function listed(view: RunSummary): ListedRunFacts {
  const { runId, run: record, entry, state, durationMs } = view;
  return {
    runId,
    job: record?.job.name ?? "",
    tag: record?.tag ?? entry?.tag,
    executor: record?.executor.type ?? entry?.executorType ?? "",
    status: state,
    startedAt: record?.createdAt ?? entry?.createdAt,
    durationMs,
  };
}
