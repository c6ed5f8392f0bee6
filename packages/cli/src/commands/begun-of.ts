import type { Project, RunView } from "@runnable/core/look-back";
import type { RunBegin } from "@runnable/core/run";

/** What a run told when it began, from its record. */
export async function begunOf(project: Project, { runId, run, entry }: RunView): Promise<RunBegin> {
  return {
    runId,
    jobName: run?.job.name ?? "job",
    executor: run?.executor.type ?? entry?.executorType ?? "",
    from: undefined,
    runLog: project.runLog.location,
    catalog: (await project.openCatalog()).location,
    attempts: 1,
  };
}
