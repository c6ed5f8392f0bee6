import type { RunObserver } from "../run-observer.ts";
import { defaultGraceSeconds } from "../execute/submission.ts";
import type { Submitted } from "../submit/submit-attempt.ts";

/** Cancels the job on its platform when `cancel` is aborted; the reason `"now"` leaves no grace. Gives back how to stop listening. */
export function cancelOnAbort(
  { definition, context, handle, entry }: Submitted,
  observer: RunObserver,
  cancel: AbortSignal | undefined,
): () => void {
  const onAbort = () => {
    const graceSeconds = cancel?.reason === "now" ? 0 : defaultGraceSeconds;
    definition.cancel(handle, { ...context, graceSeconds }).catch((error: unknown) => {
      const { message } = error instanceof Error ? error : new Error(String(error));
      observer.onNotice?.(`could not cancel ${entry.runId}: ${message}`);
    });
  };
  if (cancel?.aborted) onAbort();
  cancel?.addEventListener("abort", onAbort, { once: true });
  return () => cancel?.removeEventListener("abort", onAbort);
}
