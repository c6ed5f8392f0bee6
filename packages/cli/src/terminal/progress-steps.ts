import { fractionDone, type Progress } from "./progress-text.ts";

/** Where lines of progress go. */
export interface ProgressStepsOptions {
  /** Writes a line, without its newline. */
  readonly writeLine: (line: string) => void;
  /** Milliseconds, of any clock that does not go back. */
  readonly now: () => number;
}

/** A phase of a job starts again at 0 %; phases that follow each other faster are one. */
const phaseMs = 10_000;

/** Progress for logs: a line for each quarter that was reached. Without a total there is nothing to say. */
export function createProgressSteps({
  writeLine,
  now,
}: ProgressStepsOptions): (progress: Progress) => void {
  let said = -1;
  let saidAt = -Infinity;

  return (progress) => {
    const fraction = fractionDone(progress);
    if (fraction === undefined) return;
    const quarter = Math.floor(fraction * 4);
    if (quarter < said && now() - saidAt >= phaseMs) said = -1;
    if (quarter <= said) return;
    said = quarter;
    saidAt = now();
    const label = progress.label === undefined ? "" : `${progress.label}: `;
    writeLine(`${label}${Math.floor(fraction * 100)} % (${progress.done}/${progress.total})`);
  };
}
