/** Sequence numbers `from`–`to` that never came. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Tells new sequence numbers from those that came before. */
export interface SequenceTracker {
  /** Whether this number is `next` (higher than all before), `late` (fills a gap) or a `double`. */
  readonly take: (seq: number) => "next" | "late" | "double";
  readonly gaps: () => readonly Gap[];
}

/** A tracker of numbers that start at 1 and may come twice, late, or never. */
export function createSequenceTracker(): SequenceTracker {
  let highest = 0;
  let missing: readonly Gap[] = [];

  return {
    take(seq) {
      if (seq > highest) {
        if (seq > highest + 1) missing = [...missing, { from: highest + 1, to: seq - 1 }];
        highest = seq;
        return "next";
      }
      if (!missing.some((gap) => contains(gap, seq))) return "double";
      missing = missing.flatMap((gap) => (contains(gap, seq) ? without(gap, seq) : [gap]));
      return "late";
    },
    gaps: () => missing,
  };
}

function contains(gap: Gap, seq: number): boolean {
  return gap.from <= seq && seq <= gap.to;
}

function without(gap: Gap, seq: number): readonly Gap[] {
  const parts = [
    { from: gap.from, to: seq - 1 },
    { from: seq + 1, to: gap.to },
  ];
  return parts.filter(({ from, to }) => from <= to);
}
