import type { Bench } from "./bench-setup.ts";
import { isMet, type Figure } from "./figure.ts";
import type { Machine } from "./machine.ts";

interface Machines {
  readonly before: Machine;
  readonly after: Machine;
}

const headings = ["", "runnable", "beside", "ratio", "upstream", "ratio", "reach", ""] as const;

/** The figures as a table for the terminal, with the machine above and the notes below. */
export function formatFigures(
  figures: readonly Figure[],
  { before, after }: Machines,
  { upstream }: Pick<Bench, "upstream">,
): string {
  const table = [headings, ...figures.map(cellsOf)];
  const widths = headings.map((_, column) =>
    Math.max(...table.map((cells) => cells[column]?.length ?? 0)),
  );
  const lines = table.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const notes = figures.flatMap(({ what, note }) =>
    note === undefined ? [] : [`${what}: ${note}`],
  );
  return [
    `node ${before.node}, ${before.cores} × ${before.cpu}, load ${before.load} before, ${after.load} after`,
    upstream.version === undefined
      ? `upstream was not measured: ${upstream.missing}`
      : `upstream is runnable ${upstream.version} from PyPI`,
    ...(isBusy(before, after) ? ["others were at work: only the ratios tell something"] : []),
    "",
    ...lines,
    "",
    ...notes,
    "",
  ].join("\n");
}

/** More than the bench itself, which keeps about two processes busy. */
function isBusy(...machines: readonly Machine[]): boolean {
  return machines.some(({ load, cores }) => load > cores + 2);
}

function cellsOf(figure: Figure): readonly string[] {
  const { what, ms, peer, upstreamMs, reach } = figure;
  const met = isMet(figure);
  return [
    what,
    formatMs(ms),
    peer ? `${peer.name} ${formatMs(peer.ms)}` : "",
    ratio(ms, peer?.ms),
    upstreamMs === undefined ? "" : formatMs(upstreamMs),
    ratio(ms, upstreamMs),
    reach?.text ?? "",
    met === undefined ? "" : met ? "met" : "NOT MET",
  ];
}

function ratio(ms: number, of: number | undefined): string {
  return of === undefined ? "" : `${(ms / of).toFixed(2)} ×`;
}

function formatMs(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms.toFixed(ms < 10 ? 2 : 0)} ms`;
}
