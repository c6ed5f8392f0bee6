import type { RunResult } from "@runnable/core";
import { runJob, type RunBegin } from "@runnable/core/run";

import type { Invocation } from "../arguments/invocation.ts";
import { createRunDisplay } from "../terminal/run-display.ts";
import { createStyle, wantsColour } from "../terminal/style.ts";
import { printResult, printSubmitted } from "./print-result.ts";
import { requestOf } from "./request-of.ts";
import { typedRun } from "./typed-words.ts";

/** `runnable run JOB`. */
export async function run(invocation: Invocation): Promise<number> {
  const job = typedRun(invocation);
  let begun: RunBegin | undefined;
  const display = createRunDisplay({
    json: invocation.json,
    onBegin: (begin) => {
      begun = begin;
      if (invocation.text("executor") !== undefined) printChoice(begin);
    },
  });
  // The line of JSON does not hold the error.
  const showsUncaught = !invocation.json;
  const onSuddenEnd = (result: RunResult) => {
    display.close();
    printResult(result, { invocation, begun, job });
  };
  try {
    const result = await runJob(requestOf(invocation), {
      ...display.observer,
      onSuddenEnd,
      showsUncaught,
    });
    display.close();
    if (invocation.flag("detach")) return printSubmitted(result.runId, { invocation, begun });
    return printResult(result, { invocation, begun, job });
  } finally {
    display.close();
  }
}

/** Which settings `--executor` found: they may stand in several places, or in none. */
function printChoice({ executor, from }: RunBegin): void {
  const style = createStyle(wantsColour(process.stderr, process.env));
  const settings = from === undefined ? "its defaults" : `the settings of ${from}`;
  process.stderr.write(`${style.dim(`executor ${executor}, with ${settings}`)}\n`);
}
