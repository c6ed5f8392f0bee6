import { setTimeout as sleep } from "node:timers/promises";

import { RunnableError } from "@runnable/plugin";

import { defaultGraceSeconds } from "../execute/submission.ts";
import { isAlive } from "../files/is-alive.ts";
import type { RunResult } from "../jobs/job.ts";
import { finalOutcome } from "../record/final-outcome.ts";
import { lostOutcome } from "../record/lost-outcome.ts";
import type { ClaimRecord, OutcomeRecord } from "../record/run-record.ts";
import { runRecords, type RunRecords } from "../record/run-records.ts";
import type { RunObserver } from "../run-observer.ts";
import { attachRun, type FollowSubmitted } from "./attach-run.ts";
import { entryOfRecord } from "./entry-of-record.ts";
import type { Project } from "./open-project.ts";
import { reopenSubmission } from "./reopen-submission.ts";
import { settleRun } from "./settle-run.ts";
import { viewRun, type RunView } from "./view-run.ts";

const pollMs = 100;
/** How long a process is waited for after each request to stop. */
const askPatienceMs = 5000;

/**
 * Stops a run and waits for its outcome: on its platform, or the process of this machine that does it. A run that has ended
 * keeps its outcome.
 *
 * @throws RunnableError RUN_ELSEWHERE when it runs in a process of another machine.
 */
export async function cancelRun(
  project: Project,
  runId: string,
  { observer, follow }: { readonly observer: RunObserver; readonly follow: FollowSubmitted },
): Promise<RunResult> {
  const view = await viewRun(project, runId);
  if (view.outcome) return view.outcome;
  const entry =
    view.entry ??
    (view.run?.executor.name === undefined
      ? undefined
      : entryOfRecord(project, view.run, view.attempts.at(-1)?.attempt ?? 1));
  if (!entry) return cancelInProcess(project, view);
  const reopened = await reopenSubmission(project, entry, observer);
  if (reopened.found) {
    const { definition, handle, context, release } = reopened.submitted;
    await definition.cancel(handle, { ...context, graceSeconds: defaultGraceSeconds });
    await release();
  }
  return attachRun(project, runId, { observer, follow });
}

/** A run in some process of this machine: asked like by Ctrl-C, asked again, then killed once its outcome is written. */
async function cancelInProcess(project: Project, view: RunView): Promise<RunResult> {
  const claim = view.attempts.at(-1)?.claim;
  if (!claim || isAlive(claim.process) === undefined) throw elsewhere(view.runId, claim);
  const records = runRecords(project.runLog, view.runId);
  for (const patienceMs of [askPatienceMs, askPatienceMs]) {
    signalProcess(claim, "SIGINT");
    const outcome = await outcomeWithin(patienceMs, records, view.runId);
    if (outcome) return outcome;
  }
  // It never yields: nobody else will tell what became of it.
  const outcome = killedOutcome(claim);
  const ours = await records.createAttemptOutcome(outcome);
  if (ours) await records.createRunOutcome(outcome);
  signalProcess(claim, "SIGKILL");
  return (await finalOutcome(records)) ?? outcome;
}

async function outcomeWithin(
  patienceMs: number,
  records: RunRecords,
  runId: string,
): Promise<OutcomeRecord | undefined> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const outcome = (await finalOutcome(records)) ?? (await settleRun(records, runId));
    if (outcome) return outcome;
    await sleep(pollMs);
  }
  return undefined;
}

function killedOutcome({ runId, attempt }: ClaimRecord): OutcomeRecord {
  const lost = lostOutcome({ runId, attempt }, "cancelled");
  const error = {
    name: "Cancelled",
    message: "the run was cancelled, did not stop and was killed",
  };
  return { ...lost, status: "cancelled", exitCode: 130, signal: "SIGKILL", error };
}

function signalProcess({ process: { pid } }: ClaimRecord, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended; the next look settles the run.
  }
}

function elsewhere(runId: string, claim: ClaimRecord | undefined): RunnableError {
  const where = claim ? `process ${claim.process.pid} on ${claim.process.host}` : "no process yet";
  return new RunnableError(
    "RUN_ELSEWHERE",
    `run ${runId} is done by ${where}; it can't be stopped from here`,
    {
      hint: "Cancel it on that machine.",
      exitCode: 75,
    },
  );
}
