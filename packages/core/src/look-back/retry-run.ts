import { RunnableError } from "@runnable/plugin";

import type { CodeIdentity } from "../record/run-record.ts";
import type { Project } from "./open-project.ts";
import { viewRun, type RunView } from "./view-run.ts";

/** A run that may be tried again. */
export interface Retry {
  readonly view: RunView & { readonly run: NonNullable<RunView["run"]> };
  /** Number of the next attempt. */
  readonly attempt: number;
  /** What the code was at the last attempt; undefined when no attempt could tell. */
  readonly code: CodeIdentity | undefined;
}

/**
 * What the next attempt of a run is.
 *
 * @throws RunnableError RUN_ALIVE while an attempt lives, RUN_SUCCEEDED when there is nothing to try again, RUN_NOT_FOUND when
 * its record is not here.
 */
export async function planRetry(project: Project, runId: string): Promise<Retry> {
  const view = await viewRun(project, runId);
  const { run, outcome, attempts } = view;
  if (!run) {
    throw new RunnableError(
      "RUN_NOT_FOUND",
      `what run ${runId} was asked to do is not recorded here`,
      { exitCode: 75 },
    );
  }
  if (!outcome) {
    throw new RunnableError("RUN_ALIVE", `run ${runId} is ${view.state}`, {
      hint: `\`runnable attach ${runId}\` follows it, \`runnable cancel ${runId}\` stops it.`,
    });
  }
  if (outcome.status === "succeeded") {
    throw new RunnableError("RUN_SUCCEEDED", `run ${runId} has succeeded`, {
      hint: "`--rerun` makes a new run of it.",
    });
  }
  const last = Math.max(outcome.attempt, attempts.at(-1)?.attempt ?? 0);
  return { view: { ...view, run }, attempt: last + 1, code: outcome.code ?? run.code };
}

/** @throws RunnableError CODE_CHANGED when the code is not what it was. */
export function checkSameCode(
  runId: string,
  before: CodeIdentity | undefined,
  now: CodeIdentity,
): void {
  if (before === undefined || before.digest === now.digest) return;
  throw new RunnableError(
    "CODE_CHANGED",
    `the code of run ${runId} has changed since its last attempt`,
    {
      hint: "`--rerun` makes a new run with the code as it is now.",
      exitCode: 78,
    },
  );
}
