import { formatNumber } from "../terminal/format-number.ts";
import { padText, textWidth, truncateText } from "../terminal/text-width.ts";
import type { FormatOptions } from "./format-options.ts";
import type { Matrix } from "./matrix.ts";

const longestName = 12;
const gap = "  ";

/** Lines of a matrix with its names; zeros are dim, so that a confusion matrix shows its diagonal. Nothing if it does not fit. */
export function formatMatrix(matrix: Matrix, { style, columns }: FormatOptions): readonly string[] {
  const { rows } = matrix;
  const columnNames = matrix.columnNames.map((name) => truncateText(name, longestName));
  const rowNames = matrix.rowNames.map((name) => truncateText(name, longestName));
  const rowNameWidth = Math.max(0, ...rowNames.map(textWidth));
  const widths = (rows[0] ?? []).map((_, index) =>
    Math.max(
      textWidth(columnNames[index] ?? ""),
      ...rows.map((row) => formatNumber(row[index] ?? 0).length),
    ),
  );
  const total = widths.reduce((sum, width) => sum + width + gap.length, rowNameWidth);
  if (total > columns) return [];

  const layOut = (name: string, cells: readonly string[]) =>
    [...(rowNameWidth > 0 ? [padText(name, rowNameWidth)] : []), ...cells].join(gap).trimEnd();
  const cell = (text: string, index: number) => padText(text, widths[index] ?? 0, "right");
  const body = rows.map((row, index) =>
    layOut(
      style.dim(rowNames[index] ?? ""),
      row.map((value, column) => {
        const text = cell(formatNumber(value), column);
        return value === 0 ? style.dim(text) : text;
      }),
    ),
  );
  const head = columnNames.length > 0 ? [layOut("", columnNames.map(cell).map(style.dim))] : [];
  return [...head, ...body];
}
