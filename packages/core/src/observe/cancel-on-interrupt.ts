import { defaultGraceSeconds } from "../execute/submission.ts";
import type { RunObserver } from "../run-observer.ts";
import type { Submitted } from "../submit/submit-attempt.ts";
import type { Interrupts } from "./interrupts.ts";

/** Cancels the job on its platform when asked to stop, and without grace when asked to kill. Gives back how to stop listening. */
export function cancelOnInterrupt(
  { definition, context, handle, entry }: Submitted,
  observer: RunObserver,
  { stop, kill }: Interrupts,
): () => void {
  const done = new AbortController();
  const cancel = (graceSeconds: number) => {
    definition.cancel(handle, { ...context, graceSeconds }).catch((error: unknown) => {
      const { message } = error instanceof Error ? error : new Error(String(error));
      observer.onNotice?.(`could not cancel ${entry.runId}: ${message}`);
    });
  };
  whenAborted(stop, done.signal, () => cancel(defaultGraceSeconds));
  whenAborted(kill, done.signal, () => cancel(0));
  return () => done.abort();
}

function whenAborted(signal: AbortSignal, until: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener("abort", act, { once: true, signal: until });
}
