import { setTimeout as sleep } from "node:timers/promises";

import type { PlatformStatus } from "@runnable/plugin";

import type { RunObserver } from "../run-observer.ts";
import type { Submitted } from "../submit/submit-attempt.ts";

const firstPauseMs = 500;
const longestPauseMs = 30_000;

/**
 * Watches the platform's states until `ended` or `gone`. A platform that doesn't answer is asked again, ever more slowly.
 * Throws when the context's signal is aborted.
 */
export async function watchStatus(
  { definition, context, handle }: Submitted,
  observer: RunObserver,
): Promise<PlatformStatus> {
  let pauseMs = firstPauseMs;
  for (;;) {
    try {
      for await (const status of definition.observe(handle, context)) {
        pauseMs = firstPauseMs;
        if (status.state === "ended" || status.state === "gone") return status;
        observer.onState?.(status.state, status.detail);
      }
    } catch (error) {
      context.signal.throwIfAborted();
      const { message } = error instanceof Error ? error : new Error(String(error));
      observer.onNotice?.(`the platform does not answer (${message}); asking again`);
    }
    await sleep(pauseMs, undefined, { signal: context.signal });
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}
