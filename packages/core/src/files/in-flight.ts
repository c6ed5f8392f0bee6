/** Starts an action; resolves, or gives undefined, when there is room for another. @throws what an earlier one threw */
export type Begin = (action: () => Promise<void>) => Promise<void> | undefined;

/** Enough that the thread pool never waits for this thread. */
const limit = 32;

/**
 * Lets work start actions, 32 at most under way, and go on meanwhile. Resolves when all have ended, with what the work gave.
 *
 * @throws what the work, or the first action that failed, threw; also then nothing is under way any more.
 */
export async function inFlight<T>(work: (begin: Begin) => Promise<T>): Promise<T> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let wake: (() => void) | undefined;

  function begin(action: () => Promise<void>): Promise<void> | undefined {
    if (failures.length > 0) throw failures[0];
    const running = run(action).finally(() => {
      underWay.delete(running);
      wake?.();
    });
    underWay.add(running);
    if (underWay.size < limit) return undefined;
    return new Promise((resolve) => {
      wake = resolve;
    });
  }

  async function run(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      failures.push(error);
    }
  }

  try {
    const result = await work(begin);
    await Promise.all(underWay);
    if (failures.length > 0) throw failures[0];
    return result;
  } finally {
    await Promise.all(underWay);
  }
}
