import { formatDuration } from "./format-duration.ts";
import { formatNumber } from "./format-number.ts";
import type { Style } from "./style.ts";
import { oneLine, padText, textWidth, truncateText } from "./text-width.ts";

/** How far a job is, as it says. */
export interface Progress {
  readonly done: number;
  readonly total?: number | undefined;
  readonly label?: string | undefined;
}

/** What a line of progress is made of. */
export interface ProgressTextOptions {
  readonly style: Style;
  /** Columns that the line may take. */
  readonly columns: number;
  /** Units of `done` in a second; absent as long as it is unknown. */
  readonly perSecond?: number | undefined;
}

const longestLabel = 24;
const longestBar = 28;
const shortestBar = 8;

/** One line: `trees ━━━━━━──── 62 %  31/50  4.2/s  5 s left`; without a total the count and the rate. */
export function formatProgress(progress: Progress, options: ProgressTextOptions): string {
  const { style, columns, perSecond } = options;
  const label = truncateText(oneLine(progress.label ?? ""), longestLabel);
  const fraction = fractionDone(progress);
  const facts = factsOf(progress, perSecond);
  const head = fraction === undefined ? "" : percent(fraction);
  const others = [label, head, ...facts].filter((text) => text !== "");
  const barRoom = columns - others.reduce((sum, text) => sum + textWidth(text) + 2, 0);
  const bar =
    fraction === undefined || barRoom < shortestBar
      ? ""
      : drawBar(fraction, Math.min(longestBar, barRoom), style);
  const line = [label, bar, style.bold(head), ...facts.map(style.dim)].filter(
    (text) => text !== "",
  );
  return truncateText(line.join("  "), columns);
}

/** Between 0 and 1; nothing without a usable total. */
export function fractionDone({ done, total }: Progress): number | undefined {
  if (total === undefined || !(total > 0) || !Number.isFinite(done)) return undefined;
  return Math.min(1, Math.max(0, done / total));
}

function factsOf({ done, total }: Progress, perSecond: number | undefined): readonly string[] {
  const count =
    total === undefined ? formatNumber(done) : `${formatNumber(done)}/${formatNumber(total)}`;
  if (perSecond === undefined || !(perSecond > 0)) return [count];
  const rate = `${Number(perSecond.toPrecision(2))}/s`;
  const leftMs = total === undefined ? 0 : ((total - done) / perSecond) * 1000;
  return leftMs > 0 ? [count, rate, `${formatDuration(leftMs)} left`] : [count, rate];
}

function percent(fraction: number): string {
  return `${padText(String(Math.floor(fraction * 100)), 3, "right")} %`;
}

function drawBar(fraction: number, width: number, style: Style): string {
  const full = Math.round(fraction * width);
  return style.cyan("━".repeat(full)) + style.dim("─".repeat(width - full));
}
