/** The longest time that a Node.js timer can wait, in milliseconds (24.8 days); it would take a longer one for none. */
const longestMs = 2 ** 31 - 1;

/** A limit in time, which may be set again. */
export interface TimeLimit {
  /** Milliseconds from now; undefined lifts the limit. */
  readonly set: (ms: number | undefined) => void;
}

/** A {@link TimeLimit}, not set yet; `late` is called when it is reached. */
export function timeLimit(late: () => void): TimeLimit {
  let timer: NodeJS.Timeout | undefined;
  return {
    set: (ms) => {
      clearTimeout(timer);
      timer = ms === undefined ? undefined : setTimeout(late, Math.min(Math.max(ms, 0), longestMs));
    },
  };
}
