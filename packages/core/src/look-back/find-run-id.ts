import { isRunnableError, RunnableError } from "@runnable/plugin";

import { findRun } from "../record/find-run.ts";
import type { Project } from "./open-project.ts";

/**
 * A run id from what a person writes, looked for in the run log and among the submissions whose store is out of reach.
 *
 * @throws RunnableError RUN_NOT_FOUND, RUN_AMBIGUOUS.
 */
export async function findRunId(project: Project, word: string): Promise<string> {
  const submitted = await project.journal.runIds();
  if (submitted.includes(word)) return word;
  if (word === "latest") return latest(project, submitted);
  const begun = submitted.filter((runId) => runId.startsWith(word));
  const found = await findRun(project.runLog, word).catch((error: unknown) => {
    if (begun.length > 0 && isRunnableError(error) && error.code === "RUN_NOT_FOUND") {
      return undefined;
    }
    throw error;
  });
  const all = new Set([...begun, ...(found === undefined ? [] : [found])]);
  const [only = word] = all;
  if (all.size === 1) return only;
  throw new RunnableError("RUN_AMBIGUOUS", `"${word}" begins ${all.size} run ids`, {
    hint: `Write more of one: ${[...all].slice(0, 5).join(", ")}`,
  });
}

async function latest({ runLog, journal }: Project, submitted: readonly string[]): Promise<string> {
  const [newest] = await runLog.list({ limit: 1 });
  const entries = await Promise.all(submitted.map((runId) => journal.read(runId)));
  const candidates = entries.flatMap((entry) => (entry ? [entry] : []));
  const dated = [...candidates, ...(newest ? [newest] : [])];
  const last = dated.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0];
  return last?.runId ?? findRun(runLog, "latest");
}
