import type { Style } from "./style.ts";
import { padText, textWidth, truncateText, wrapText } from "./text-width.ts";

/** One column of a table. */
export interface TableColumn {
  readonly title: string;
  readonly align?: "left" | "right";
  /** What gives way when the terminal is too narrow: `wrap` breaks at spaces, `truncate` shortens, else the column stays. */
  readonly shrink?: "wrap" | "truncate";
}

/** Where a table stands. */
export interface TableStyle {
  readonly style: Style;
  /** Columns of the terminal. */
  readonly columns: number;
  /** Spaces before each line. Default 0. */
  readonly indent?: number;
}

const gap = "  ";
const narrowest = 6;

/** Lines of a table: titles, then rows; columns that may shrink share what room there is. A column without any text is left out. */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  { style, columns: room, indent = 0 }: TableStyle,
): readonly string[] {
  const used = columns.map((_, index) => rows.some((row) => (row[index] ?? "") !== ""));
  const kept = columns.filter((_, index) => used[index]);
  const cells = rows.map((row) => row.filter((_, index) => used[index]));
  const widths = columnWidths(kept, cells, room - indent);
  const titles = kept.map(({ title }) => title.toUpperCase());
  const titled = titles.some((title) => title !== "");
  const layOut = (row: readonly string[]) => layOutRow(row, kept, widths);
  return [...(titled ? layOut(titles).map(style.dim) : []), ...cells.flatMap(layOut)].map(
    (line) => " ".repeat(indent) + line,
  );
}

function columnWidths(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  room: number,
): readonly number[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(textWidth(title), ...rows.map((row) => longestLine(row[index] ?? ""))),
  );
  const gaps = gap.length * (columns.length - 1);
  let excess = widths.reduce((sum, width) => sum + width, gaps) - room;
  while (excess > 0) {
    // The widest gives first, so that no column is crushed while another is wide.
    const widest = columns
      .map(({ shrink }, index) => ({
        index,
        width: shrink === undefined ? 0 : (widths[index] ?? 0),
      }))
      .reduce((a, b) => (b.width > a.width ? b : a), { index: -1, width: narrowest });
    if (widest.index < 0) break;
    widths[widest.index] = widest.width - 1;
    excess -= 1;
  }
  return widths;
}

function longestLine(text: string): number {
  return Math.max(...text.split("\n").map(textWidth));
}

/** One row is several lines when a cell is. */
function layOutRow(
  row: readonly string[],
  columns: readonly TableColumn[],
  widths: readonly number[],
): readonly string[] {
  const cells = row.map((cell, index) => fit(cell, columns[index]?.shrink, widths[index] ?? 0));
  const height = Math.max(1, ...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((cell, index) => padText(cell[line] ?? "", widths[index] ?? 0, columns[index]?.align))
      .join(gap)
      .trimEnd(),
  );
}

function fit(cell: string, shrink: TableColumn["shrink"], width: number): readonly string[] {
  if (longestLine(cell) <= width) return cell.split("\n");
  if (shrink !== "wrap") return [truncateText(cell, width)];
  return wrapText(cell, width).flatMap((line) => breakLine(line, width));
}

/** A word that is longer than its column, for example a path, goes on below, if possible after a slash. */
function breakLine(line: string, width: number): readonly string[] {
  if (textWidth(line) <= width) return [line];
  const slash = line.lastIndexOf("/", width - 1) + 1;
  const at = slash > 0 ? slash : width;
  return [line.slice(0, at), ...breakLine(line.slice(at), width)];
}
