/** A figure to compare with, measured in the same run. */
export interface Peer {
  readonly name: string;
  readonly ms: number;
}

/** What may not be exceeded. */
export interface Reach {
  /** As a reader wants it: "≤ node + 80 ms". */
  readonly text: string;
  readonly limitMs: number;
}

/** One line of the table; times are medians. */
export interface Figure {
  readonly what: string;
  readonly ms: number;
  readonly peer?: Peer;
  /** The Python tool of the same name doing the same, where it is installed. */
  readonly upstreamMs?: number | undefined;
  /** Absent: only reported. */
  readonly reach?: Reach;
  readonly note?: string;
}

/** Whether a figure reached what it should; `undefined` for one that is only reported. */
export function isMet({ ms, reach }: Figure): boolean | undefined {
  return reach && ms <= reach.limitMs;
}
