/** Where patterns are in some bytes. */
export interface Matches {
  /** Start and end of each stretch that patterns cover, ascending; those that overlap are one. */
  readonly stretches: readonly (readonly [start: number, end: number])[];
  /** From here on the bytes may be the beginning of a pattern; the length when they can't. */
  readonly open: number;
}

/** Finds any of many byte patterns in one pass; each pattern has at least 2 bytes. */
export function createPatternMatcher(
  patterns: readonly Uint8Array[],
): (bytes: Uint8Array) => Matches {
  const firstBytes = new Uint8Array(256);
  const firstPairs = new Uint8Array(65_536);
  const byPair = new Map<number, Uint8Array[]>();
  for (const pattern of patterns) {
    const pair = pairAt(pattern, 0);
    firstBytes[pair >> 8] = 1;
    firstPairs[pair] = 1;
    byPair.set(pair, [...(byPair.get(pair) ?? []), pattern]);
  }

  return (bytes) => {
    const stretches: [number, number][] = [];
    const last = bytes.length - 1;
    let open = bytes.length;
    for (let at = 0; at < last; at += 1) {
      const pair = pairAt(bytes, at);
      if (firstPairs[pair] === 0) continue;
      for (const pattern of byPair.get(pair) ?? []) {
        const common = commonLength(pattern, bytes, at);
        if (common === pattern.length) addStretch(stretches, at, at + common);
        else if (at + common === bytes.length) open = Math.min(open, at);
      }
    }
    if (last >= 0 && firstBytes[bytes[last] ?? 0] === 1) open = Math.min(open, last);
    return { stretches, open };
  };
}

function pairAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function commonLength(pattern: Uint8Array, bytes: Uint8Array, at: number): number {
  const limit = Math.min(pattern.length, bytes.length - at);
  let length = 2;
  while (length < limit && pattern[length] === bytes[at + length]) length += 1;
  return length;
}

/** Starts come in ascending order. */
function addStretch(stretches: [number, number][], start: number, end: number): void {
  const last = stretches.at(-1);
  if (last === undefined || start >= last[1]) stretches.push([start, end]);
  else last[1] = Math.max(last[1], end);
}
