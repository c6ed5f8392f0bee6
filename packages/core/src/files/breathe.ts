import { setImmediate } from "node:timers/promises";

/**
 * For long loops of short synchronous calls (faster than promises for small files): gives the event loop a turn whenever
 * `sliceMs` have gone by since the last, so that signals and heartbeats are not late. Call it between two steps.
 */
export function breather(sliceMs: number = 15): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < sliceMs) return undefined;
    return setImmediate().then(() => {
      last = performance.now();
    });
  };
}
