import { viewRun } from "@runnable/core/look-back";
import { cancelJob } from "@runnable/core/resume";

import type { Invocation } from "../arguments/invocation.ts";
import { resultLine } from "../format/result-line.ts";
import { createRunDisplay } from "../terminal/run-display.ts";
import { begunOf } from "./begun-of.ts";
import { findLookedAt } from "./find-looked-at.ts";
import { printResult } from "./print-result.ts";
import { withProject } from "./with-project.ts";

/** `runnable cancel RUN_ID`: 0 once the run has its outcome, whatever it is. */
export function run(invocation: Invocation): Promise<number> {
  return withProject(invocation, async (project) => {
    const runId = await findLookedAt(project, invocation);
    const view = await viewRun(project, runId);
    if (view.outcome) {
      const told = `run ${runId} had ended before (${view.outcome.status}); nothing was cancelled\n`;
      process.stdout.write(invocation.json ? resultLine(view.outcome) : told);
      return 0;
    }
    const begun = await begunOf(project, view);
    const display = createRunDisplay({ json: invocation.json, onBegin: () => undefined });
    try {
      // Its output is no news to who cancels it.
      const result = await cancelJob(project, runId, {
        ...display.observer,
        onFrame: () => undefined,
      });
      display.close();
      printResult(result, { invocation, begun });
      return 0;
    } finally {
      display.close();
    }
  });
}
