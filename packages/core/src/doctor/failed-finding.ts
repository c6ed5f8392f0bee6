import { isRunnableError, type HealthFinding } from "@runnable/plugin";

/** A check that an error has failed: what it says, and what to do about it. */
export function failedFinding(check: string, error: unknown): HealthFinding {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const remedy = isRunnableError(error) ? error.hint : undefined;
  return { check, status: "failed", detail: message, ...(remedy === undefined ? {} : { remedy }) };
}
