import { RunnableError, type FactKey } from "@runnable/plugin";

/** An attempt of a run. */
export interface AttemptKey {
  readonly runId: string;
  readonly attempt: number;
}

/** `<runId>/<fact>.json` or `<runId>/attempts/<attempt>/<fact>.json`. @throws RunnableError RUN_ID_INVALID */
export function factKey({ runId, fact, attempt }: FactKey): string {
  const file = `${fact}.json`;
  return attempt === undefined ? runKey(runId) + file : attemptKey({ runId, attempt }) + file;
}

/** `<runId>/attempts/<attempt>/output/<8-digit number>.ndjson`. @throws RunnableError RUN_ID_INVALID */
export function segmentKey(key: AttemptKey, number: number): string {
  return `${attemptKey(key)}output/${String(number).padStart(8, "0")}.ndjson`;
}

/** `<runId>/attempts/<attempt>/`. @throws RunnableError RUN_ID_INVALID */
export function attemptKey({ runId, attempt }: AttemptKey): string {
  return `${runKey(runId)}attempts/${attempt}/`;
}

/**
 * `<runId>/`.
 *
 * @throws RunnableError RUN_ID_INVALID when it is not 1–200 of [A-Za-z0-9._-] or begins with a dot: such names are the store's own.
 */
export function runKey(runId: string): string {
  if (/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/.test(runId)) return `${runId}/`;
  throw new RunnableError("RUN_ID_INVALID", `${JSON.stringify(runId)} can't be a run id`, {
    hint: "Use letters, digits, `.`, `_` and `-`, without a dot at the beginning.",
    exitCode: 78,
  });
}
