import { concludeLeft, findRunId, type Project } from "@runnable/core/look-back";

import type { Invocation } from "../arguments/invocation.ts";

/** How long a platform may take to say whether a run is over. */
const patienceMs = 5000;

/** The run that a command names, concluded first if it is over and nobody follows it. A platform that can't be asked is no error: what is recorded is shown. */
export async function findLookedAt(project: Project, { positionals }: Invocation): Promise<string> {
  const runId = await findRunId(project, positionals[0] ?? "");
  await concludeLookedAt(project, runId);
  return runId;
}

/** The same for a run whose id is known. */
export async function concludeLookedAt(project: Project, runId: string): Promise<void> {
  try {
    await concludeLeft(project, runId, { patienceMs, keepOutput: true });
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    process.stderr.write(`runnable: where ${runId} was submitted can't be asked: ${message}\n`);
  }
}
