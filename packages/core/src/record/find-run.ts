import { RunnableError, type RunLog } from "@runnable/plugin";

import { finalOutcome } from "./final-outcome.ts";
import { runRecords } from "./run-records.ts";

/** How many runs `latest:<name>` looks back. */
const lookBack = 1000;

/**
 * A run id from what a person writes: a full id, a prefix that only one run has, `latest`, or `latest:<job name>` (its latest
 * run that succeeded).
 *
 * @throws RunnableError RUN_NOT_FOUND, RUN_AMBIGUOUS (naming the candidates).
 */
export async function findRun(log: RunLog, word: string): Promise<string> {
  if (word === "latest") return latest(log);
  if (word.startsWith("latest:")) return latestOf(log, word.slice("latest:".length));
  const found = await log.findIds(word, 6);
  if (found.includes(word)) return word;
  const [only, ...others] = found;
  if (only === undefined) throw notFound(`no run "${word}" in ${log.location}`);
  if (others.length === 0) return only;
  throw new RunnableError(
    "RUN_AMBIGUOUS",
    `"${word}" begins ${found.length > 5 ? "many" : found.length} run ids`,
    {
      hint: `Write more of one: ${found.slice(0, 5).join(", ")}`,
    },
  );
}

async function latest(log: RunLog): Promise<string> {
  const [run] = await log.list({ limit: 1 });
  if (run) return run.runId;
  throw notFound(`there is no run yet in ${log.location}`);
}

async function latestOf(log: RunLog, jobName: string): Promise<string> {
  for (const { runId } of await log.list({ limit: lookBack })) {
    const records = runRecords(log, runId);
    if ((await records.readRun())?.job.name !== jobName) continue;
    if ((await finalOutcome(records))?.status === "succeeded") return runId;
  }
  throw notFound(`no run of job "${jobName}" has succeeded in ${log.location}`);
}

function notFound(message: string): RunnableError {
  return new RunnableError("RUN_NOT_FOUND", message, {
    hint: "`runnable runs list` shows what there is.",
  });
}
