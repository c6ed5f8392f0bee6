import { executeInstalled } from "@runnable/core/execute";
import type { RunBegin } from "@runnable/core/run";

import type { Invocation } from "../arguments/invocation.ts";
import { createRunDisplay } from "../terminal/run-display.ts";
import { printResult } from "./print-result.ts";

/** `runnable execute-job JOB RUN_ID`, called by executors, or by hand. */
export async function run(invocation: Invocation): Promise<number> {
  const [job = "", runId = ""] = invocation.positionals;
  let begun: RunBegin | undefined;
  const display = createRunDisplay({ json: invocation.json, onBegin: (begin) => (begun = begin) });
  const files = { config: invocation.text("config"), parameters: invocation.text("parameters") };
  try {
    const end = await executeInstalled({ job, runId, ...files }, display.observer);
    display.close();
    if (end.by === "platform") return end.status;
    return printResult(end.result, { invocation, begun });
  } finally {
    display.close();
  }
}
