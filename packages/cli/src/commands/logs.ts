import {
  createFramePrinter,
  isLeft,
  readLogs,
  RunnableError,
  viewRun,
  type RunView,
} from "@runnable/core/look-back";

import type { Invocation } from "../arguments/invocation.ts";
import { exitCodeOf } from "../format/exit-code-of.ts";
import { attachTo } from "./attach.ts";
import { concludeLookedAt, findLookedAt } from "./find-looked-at.ts";
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
    const runId = await findLookedAt(project, invocation);
    const view = await viewRun(project, runId);
    const follow = invocation.flag("follow");
    if (isOnPlatform(view, follow)) {
      const code = exitCodeOf(await attachTo(project, runId, invocation));
      return follow ? code : 0;
    }
    const { entry, run: record, attempts } = view;
    if (entry?.owner === "job") {
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
      onNotice: (message) => process.stderr.write(`runnable: ${message}\n`),
      ...(attempt === undefined ? {} : { attempt }),
    });
    await printer.flush();
    if (follow) await concludeLookedAt(project, runId);
    return follow && outcome ? exitCodeOf(outcome) : 0;
  });
}

/** Whether the output is to be fetched where the run was submitted: no run log that this side sees has it, or ever will. */
function isOnPlatform({ entry, outcome }: RunView, follow: boolean): boolean {
  if (entry === undefined || entry.state === "DONE" || entry.owner === "submitter") return false;
  if (entry.owner === "job") return follow || outcome !== undefined;
  // A client that follows a relayed run writes down what comes.
  return follow && isLeft(entry);
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
