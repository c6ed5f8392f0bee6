import { join } from "node:path";

import { RunnableError, type FactKey } from "@runnable/plugin";

/** An attempt of a run. */
export interface AttemptKey {
  readonly runId: string;
  readonly attempt: number;
}

/** `<runId>/<fact>.json` or `<runId>/attempts/<attempt>/<fact>.json`. @throws RunnableError RUN_ID_INVALID */
export function factPath(key: FactKey): string {
  const file = `${key.fact}.json`;
  if (key.attempt === undefined) return join(runPath(key.runId), file);
  return join(attemptPath({ runId: key.runId, attempt: key.attempt }), file);
}

/** `<runId>/attempts/<attempt>`. @throws RunnableError RUN_ID_INVALID */
export function attemptPath({ runId, attempt }: AttemptKey): string {
  return join(runPath(runId), "attempts", String(attempt));
}

/**
 * The directory name of a run, which is its id.
 *
 * @throws RunnableError RUN_ID_INVALID when it is not 1–200 of [A-Za-z0-9._-] or begins with a dot: such names are the store's own.
 */
export function runPath(runId: string): string {
  if (/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/.test(runId)) return runId;
  throw new RunnableError("RUN_ID_INVALID", `${JSON.stringify(runId)} can't be a run id`, {
    hint: "Use letters, digits, `.`, `_` and `-`, without a dot at the beginning.",
    exitCode: 78,
  });
}
