import type { RunResult } from "@runnable/core";
import { findRunId, viewRun, type Project } from "@runnable/core/look-back";
import { attachJob } from "@runnable/core/resume";

import type { Invocation } from "../arguments/invocation.ts";
import { createRunDisplay } from "../terminal/run-display.ts";
import { begunOf } from "./begun-of.ts";
import { printResult } from "./print-result.ts";
import { withProject } from "./with-project.ts";

/** `runnable attach RUN_ID`. */
export function run(invocation: Invocation): Promise<number> {
  return withProject(invocation, async (project) => {
    const runId = await findRunId(project, invocation.positionals[0] ?? "");
    const begun = await begunOf(project, await viewRun(project, runId));
    const result = await attachTo(project, runId, invocation);
    return printResult(result, { invocation, begun });
  });
}

/** Follows a run on the terminal until it ends. */
export async function attachTo(
  project: Project,
  runId: string,
  invocation: Invocation,
): Promise<RunResult> {
  const display = createRunDisplay({ json: invocation.json, onBegin: () => undefined });
  try {
    return await attachJob(project, runId, display.observer);
  } finally {
    display.close();
  }
}
