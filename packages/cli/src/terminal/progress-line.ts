import { formatProgress, type Progress } from "./progress-text.ts";
import type { Style } from "./style.ts";

/** Where the line is drawn. */
export interface ProgressLineOptions {
  /** Writes to the terminal, past any guard. */
  readonly write: (text: string) => void;
  readonly style: Style;
  /** Columns of the terminal now. */
  readonly columns: () => number;
  /** Milliseconds, of any clock that does not go back. */
  readonly now: () => number;
}

/** A line at the bottom of the output that shows how far the job is. */
export interface ProgressLine {
  readonly update: (progress: Progress) => void;
  /** Takes the line away before other output is written. */
  readonly hide: () => void;
  /** Forbids to draw while other output stands in an unfinished line. */
  readonly block: (blocked: boolean) => void;
  /** Draws the line again below other output, unless that is forbidden. */
  readonly show: () => void;
  /** Takes the line away for good. */
  readonly end: () => void;
}

const redrawMs = 80;
/** Before that a rate says nothing. */
const steadyMs = 1000;

/** A progress line that redraws in place, for a terminal. */
export function createProgressLine(options: ProgressLineOptions): ProgressLine {
  const { write, style, columns, now } = options;
  let current: Progress | undefined;
  let rateOf = createRate(now);
  let drawn = false;
  let blocked = false;
  let drawnAt = -Infinity;

  function draw(): void {
    if (current === undefined || blocked) return;
    // One column less: a full line makes some terminals wrap.
    const line = formatProgress(current, {
      style,
      columns: columns() - 1,
      perSecond: rateOf(current),
    });
    write(`\r${line}\u001b[K`);
    drawn = true;
    drawnAt = now();
  }

  function hide(): void {
    if (drawn) write("\r\u001b[K");
    drawn = false;
  }

  return {
    update(progress) {
      if (current !== undefined && progress.done < current.done) rateOf = createRate(now);
      current = progress;
      const complete = progress.total !== undefined && progress.done >= progress.total;
      if (complete || now() - drawnAt >= redrawMs) draw();
    },
    hide,
    block(isBlocked) {
      blocked = isBlocked;
    },
    show: draw,
    end() {
      hide();
      current = undefined;
    },
  };
}

/** Units a second since the first progress; nothing in the first second. */
function createRate(now: () => number): (progress: Progress) => number | undefined {
  let first: { readonly done: number; readonly at: number } | undefined;
  return ({ done }) => {
    first ??= { done, at: now() };
    const elapsedMs = now() - first.at;
    return elapsedMs < steadyMs ? undefined : ((done - first.done) / elapsedMs) * 1000;
  };
}
