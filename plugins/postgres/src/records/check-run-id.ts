import { RunnableError } from "@runnable/plugin";

/** @throws RunnableError RUN_ID_INVALID when it is not 1–200 of [A-Za-z0-9._-] or begins with a dot, as no run log takes it. */
export function checkRunId(runId: string): void {
  if (/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/.test(runId)) return;
  throw new RunnableError("RUN_ID_INVALID", `${JSON.stringify(runId)} can't be a run id`, {
    hint: "Use letters, digits, `.`, `_` and `-`, without a dot at the beginning.",
    exitCode: 78,
  });
}
