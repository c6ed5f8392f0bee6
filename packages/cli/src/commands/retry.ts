import { findRunId, viewRun } from "@runnable/core/look-back";
import { retryJob } from "@runnable/core/resume";

import type { Invocation } from "../arguments/invocation.ts";
import { createRunDisplay } from "../terminal/run-display.ts";
import { begunOf } from "./begun-of.ts";
import { printResult, printSubmitted } from "./print-result.ts";
import { withProject } from "./with-project.ts";

/** `runnable retry RUN_ID`. */
export function run(invocation: Invocation): Promise<number> {
  return withProject(invocation, async (project) => {
    const runId = await findRunId(project, invocation.positionals[0] ?? "");
    const begun = await begunOf(project, await viewRun(project, runId));
    const display = createRunDisplay({ json: invocation.json, onBegin: () => undefined });
    const config = invocation.text("config");
    const detach = invocation.flag("detach");
    try {
      const result = await retryJob(project, runId, {
        observer: display.observer,
        options: {
          rerun: invocation.flag("rerun"),
          detach,
          ...(config === undefined ? {} : { configFile: config }),
        },
      });
      display.close();
      if (detach) return printSubmitted(result.runId, { invocation, begun });
      return printResult(result, { invocation, begun });
    } finally {
      display.close();
    }
  });
}
