import { isPlainText, maxTextBytes, utf8Border } from "./frame-text.ts";

/** Cuts a stream of bytes into lines, long lines into parts. */
export interface LineSplitter {
  readonly push: (chunk: Uint8Array) => void;
  /** Gives what waits for its newline as a part, up to a whole UTF-8 character. */
  readonly flush: () => void;
  /** Gives all that waits. */
  readonly end: () => void;
  /** Whether bytes wait for their newline. */
  readonly waiting: () => boolean;
}

/** Takes a line or part. `plain`: its bytes are plain text for sure; else it is unknown. */
export type TakePart = (bytes: Uint8Array, newline: boolean, plain: boolean) => void;

const newlineByte = 10;

/** A splitter that gives lines without their newline, and parts of at most `maxTextBytes`, cut at borders of UTF-8 characters. */
export function createLineSplitter(take: TakePart): LineSplitter {
  let rest = Buffer.alloc(0);

  function takeLine(line: Uint8Array, plain: boolean): void {
    const tail = takeLongParts(line, plain);
    take(tail, true, plain);
  }

  function takeLongParts(line: Uint8Array, plain: boolean): Uint8Array {
    let tail = line;
    while (tail.length > maxTextBytes) {
      const border = utf8Border(tail, maxTextBytes);
      take(tail.subarray(0, border), false, plain);
      tail = tail.subarray(border);
    }
    return tail;
  }

  function takeRest(length: number): void {
    if (length === 0) return;
    const part = rest.subarray(0, length);
    rest = rest.subarray(length);
    take(part, false, false);
  }

  return {
    push(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      // Once for all lines of the chunk: a check of each line costs more than the line.
      const plain = isPlainText(bytes);
      let start = 0;
      for (
        let end = bytes.indexOf(newlineByte);
        end >= 0;
        end = bytes.indexOf(newlineByte, start)
      ) {
        takeLine(bytes.subarray(start, end), plain);
        start = end + 1;
      }
      rest = Buffer.from(takeLongParts(bytes.subarray(start), plain));
    },
    flush: () => takeRest(utf8Border(rest, rest.length)),
    end: () => takeRest(rest.length),
    waiting: () => rest.length > 0,
  };
}
