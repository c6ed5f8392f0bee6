import { isRunnableError } from "@runnable/plugin";

import type { JobResult } from "./job-result.ts";

/** A job whose module can't be loaded: a failure of the user's code, or of what names it. */
export function failedLoad(error: unknown): JobResult {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const hint = isRunnableError(error) ? error.hint : undefined;
  return {
    status: "failed",
    cause: "user_error",
    exitCode: 1,
    error: {
      name: isRunnableError(error) ? error.code : name,
      message,
      ...(hint === undefined ? {} : { remedy: hint }),
      ...(stack === undefined || isRunnableError(error) ? {} : { stack }),
    },
    returns: {},
    metrics: {},
  };
}
