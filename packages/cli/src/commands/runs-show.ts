import { RunnableError, viewRun, type Project, type RunView } from "@runnable/core/look-back";

import type { Invocation } from "../arguments/invocation.ts";
import {
  formatRunDetails,
  type AttemptFacts,
  type RunFacts,
} from "../format/format-run-details.ts";
import { findLookedAt } from "./find-looked-at.ts";
import { pageOptions, printJson, withProject } from "./with-project.ts";

/** `runnable runs show RUN_ID`. */
export function run(invocation: Invocation): Promise<number> {
  return withProject(invocation, async (project) => {
    const runId = await findLookedAt(project, invocation);
    const view = await viewRun(project, runId);
    if (invocation.json) printJson({ ...view, entry: undefined });
    else process.stdout.write(formatRunDetails(await factsOf(project, view), pageOptions()));
    return 0;
  });
}

async function factsOf(project: Project, view: RunView): Promise<RunFacts> {
  const { run: record, outcome, durationMs, state, runId } = view;
  if (!record) {
    throw new RunnableError(
      "RUN_NOT_FOUND",
      `run ${runId} is ${state}; its record is where its job runs`,
      {
        hint: `\`runnable attach ${runId}\` follows it.`,
      },
    );
  }
  const catalog = (outcome?.catalog ?? []).length > 0 ? await project.openCatalog() : undefined;
  return {
    ...record,
    status: state,
    attempts: view.attempts.map(attemptOf),
    outcome,
    durationMs,
    code: outcome?.code ?? record.code,
    runLog: project.runLog.location,
    catalog: catalog?.location,
  };
}

function attemptOf({ attempt, claim, outcome }: RunView["attempts"][number]): AttemptFacts {
  return {
    attempt,
    status: outcome?.status ?? "running",
    host: claim?.process.host,
    pid: claim?.process.pid,
    startedAt: claim?.claimedAt,
    outcome,
  };
}
