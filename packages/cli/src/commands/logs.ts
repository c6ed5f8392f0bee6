import {
  createFramePrinter,
  findRunId,
  readLogs,
  RunnableError,
  viewRun,
} from "@runnable/core/look-back";

import type { Invocation } from "../arguments/invocation.ts";
import { exitCodeOf } from "../format/exit-code-of.ts";
import { attachTo } from "./attach.ts";
import { numberOption } from "./number-option.ts";
import { withProject } from "./with-project.ts";

/** Status of a program that SIGPIPE (13) has ended. */
const brokenPipeStatus = 128 + 13;

/** `runnable logs RUN_ID [-f]`. */
export function run(invocation: Invocation): Promise<number> {
  // Nothing else is to be done here: it ends as every program does whose pipe breaks.
  // oxlint-disable-next-line unicorn/no-process-exit -- nobody is left to read what would still come
  process.stdout.once("error", () => process.exit(brokenPipeStatus));
  return withProject(invocation, async (project) => {
    const runId = await findRunId(project, invocation.positionals[0] ?? "");
    const { entry, run: record, attempts } = await viewRun(project, runId);
    const follow = invocation.flag("follow");
    if (entry?.owner === "job") {
      if (follow && entry.state !== "DONE") {
        return exitCodeOf(await attachTo(project, runId, invocation));
      }
      throw unreachable(runId, record?.executor.type ?? entry.executorType);
    }
    const printer = createFramePrinter(process);
    const attempt = numberOption(invocation, "attempt");
    if (attempt !== undefined && !follow && attempts.every((one) => one.attempt !== attempt)) {
      throw noAttempt(runId, attempt, attempts.length);
    }
    const outcome = await readLogs(project.runLog, {
      runId,
      follow,
      settle: entry === undefined,
      onFrame: printer.print,
      ...(attempt === undefined ? {} : { attempt }),
    });
    await printer.flush();
    return follow && outcome ? exitCodeOf(outcome) : 0;
  });
}

function noAttempt(runId: string, attempt: number, count: number): RunnableError {
  const has = count === 1 ? "1 attempt" : `${count} attempts`;
  return new RunnableError("ATTEMPT_NOT_FOUND", `run ${runId} has no attempt ${attempt}`, {
    hint: `It has ${has}; \`runnable runs show ${runId}\` tells of each.`,
  });
}

function unreachable(runId: string, executor: string): RunnableError {
  return new RunnableError(
    "LOGS_UNREACHABLE",
    `the output of ${runId} is in the run log that ${executor} wrote over there`,
    {
      hint: "`-f` follows it while the run lives; a store that both sides reach keeps it readable.",
      exitCode: 75,
    },
  );
}
