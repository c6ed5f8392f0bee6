import { concludeLeft } from "./conclude-left.ts";
import { isLeft } from "./is-left.ts";
import { sweep } from "./local-leftovers.ts";
import type { Project } from "./open-project.ts";
import type { RunSummary } from "./view-run.ts";

/** How many runs a list concludes. */
const most = 5;

/**
 * Concludes a few of the runs that were listed and that nobody follows: those known to be over first, then those that are the
 * longest under way; and sweeps the project. Nothing is thrown: a page is no place to learn that some platform does not answer.
 *
 * @param budgetMs no platform is asked after that time.
 */
export async function concludeSome(
  project: Project,
  listed: readonly RunSummary[],
  { budgetMs }: { readonly budgetMs: number },
): Promise<void> {
  await sweep(project);
  const deadline = performance.now() + budgetMs;
  for (const { runId } of candidates(listed)) {
    const patienceMs = deadline - performance.now();
    if (patienceMs <= 0) return;
    await concludeLeft(project, runId, { patienceMs, keepOutput: true }).catch(() => undefined);
  }
}

function candidates(listed: readonly RunSummary[]): readonly RunSummary[] {
  const left = listed.filter(({ entry }) => entry && isLeft(entry)).toReversed();
  const over = left.filter(({ outcome }) => outcome);
  return [...over, ...left.filter(({ outcome }) => !outcome)].slice(0, most);
}
