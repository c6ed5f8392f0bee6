import { setImmediate } from "node:timers/promises";

/**
 * For long loops of short synchronous calls, which are quicker than promises for many small files: a function to call between
 * two steps, which gives the event loop a turn when `sliceMs` have gone by since the last, so that no signal or heartbeat is late.
 */
export function breather(sliceMs: number = 15): () => Promise<void> | undefined {
  let last = performance.now();
  return () => (performance.now() - last < sliceMs ? undefined : breathe());

  async function breathe(): Promise<void> {
    await setImmediate();
    last = performance.now();
  }
}
