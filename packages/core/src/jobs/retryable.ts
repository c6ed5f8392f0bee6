import type { Cause } from "@runnable/plugin";

/** Causes that another try can mend. The others need a person, or another try would do harm. */
const mendable: ReadonlySet<Cause> = new Set([
  "user_error",
  "oom",
  "timeout",
  "preempted",
  "evicted",
  "node_lost",
  "platform",
  "unknown",
]);

const firstDelayMs = 1000;
const longestDelayMs = 300_000;

/** Whether a failed attempt with this cause is to be tried again, the limit aside. `retries.causes` replaces the default list. */
export function isRetryable(
  cause: Cause,
  retries: number | { readonly causes?: readonly string[] } | undefined,
): boolean {
  if (retries === undefined || retries === 0) return false;
  const causes = typeof retries === "number" ? undefined : retries.causes;
  return causes === undefined ? mendable.has(cause) : causes.includes(cause);
}

/** Milliseconds to wait after attempt n (from 1): 1 s × 2ⁿ⁻¹, at most 5 min, of which `random` (0 to 1) takes up to a half away so that many runs don't return at once. */
export function retryDelayMs(attempt: number, random: number): number {
  const delay = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
  return Math.round(delay * (1 - random / 2));
}
