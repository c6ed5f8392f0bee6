/** Words of the platform between the frames. */
export interface ForeignLines {
  readonly add: (line: Uint8Array) => void;
  /** The newest lines, oldest first. */
  readonly lines: () => readonly string[];
}

const maxLines = 50;
const maxBytes = 8 * 1024;

/** Keeps the newest 50 lines, at most 8 KiB together. A line that comes again (a stream read twice) is kept once. */
export function createForeignLines(): ForeignLines {
  const kept = new Set<string>();
  let bytes = 0;

  function drop(text: string): void {
    if (kept.delete(text)) bytes -= Buffer.byteLength(text);
  }

  return {
    add(line) {
      const text = Buffer.from(line.subarray(0, maxBytes)).toString().trimEnd();
      if (text === "") return;
      drop(text);
      kept.add(text);
      bytes += Buffer.byteLength(text);
      for (const oldest of kept) {
        if (kept.size <= maxLines && bytes <= maxBytes) break;
        drop(oldest);
      }
    },
    lines: () => [...kept],
  };
}
