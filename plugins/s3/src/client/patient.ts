import { setTimeout as sleep } from "node:timers/promises";

import { isPassing } from "./is-passing.ts";

/** How long requests are sent again. */
export interface Patience {
  /** Until the server has answered once: a wrong URL shall be told soon. Milliseconds. */
  readonly firstMs: number;
  /** From then on: long enough for a server that is started anew. Milliseconds. */
  readonly laterMs: number;
}

/** Does a request again after faults that may pass: after 0.1 s × 2ⁿ, jittered, 5 s at most. @throws the last fault, when the time is over */
export type Patiently = <T>(request: () => Promise<T>) => Promise<T>;

/** Requests of one store share what they know of its server. */
export function patient(
  { firstMs, laterMs }: Patience,
  signal: AbortSignal | undefined,
): Patiently {
  let answered = false;
  return async (request) => {
    const started = performance.now();
    for (let tries = 0; ; tries += 1) {
      try {
        const result = await request();
        answered = true;
        return result;
      } catch (error) {
        const limitMs = answered ? laterMs : firstMs;
        const over = performance.now() - started > limitMs || signal?.aborted === true;
        if (over || !isPassing(error)) throw error;
        await sleep(Math.min(5000, 100 * 2 ** tries) * (0.5 + Math.random() / 2), undefined, {
          ...(signal && { signal }),
        });
      }
    }
  };
}
